#include "conformance/gateway_server/attempt.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "mock_upstream/wire/write.h"
#include "sim/gateway/forwarding.h"
#include "sim/http/target.h"
#include "sim/world/exit_words.h"

namespace pinproof::conformance {

using mock_upstream::Connection;
using mock_upstream::Error;
using mock_upstream::ReadState;
using mock_upstream::Stream;
using mock_upstream::Task;
using mock_upstream::WireFault;

namespace {

namespace asio = mock_upstream::asio;

bool is_success(int status) { return status >= 200 && status <= 299; }

// As much as goes at once, which is most often all; the rest with waiting.
Task<bool> write_all(std::shared_ptr<Stream> to, std::string bytes) {
  const std::size_t sent = to->write_now(bytes);
  if (sent == bytes.size()) co_return true;
  const auto [error, written] = co_await to->write(std::string_view(bytes).substr(sent));
  co_return !error;
}

TryEnd end_of(WireFault fault) {
  const bool broke_off = fault == WireFault::kNone || fault == WireFault::kTruncated;
  return broke_off ? TryEnd::kReset : TryEnd::kMalformed;
}

}  // namespace

Task<TryEnd> GatewayAttempt::run(sim::Forward forward) {
  if (upload_ && !upload_->can_begin()) co_return TryEnd::kReset;
  std::optional<sim::RequestTarget> target;
  if (!request_.connect) target = sim::parse_absolute_form(request_.head.target);
  encrypted_ = target && target->encrypted;

  std::optional<TryEnd> end;
  std::shared_ptr<ExitLink> link;
  if (!request_.connect && !encrypted_) link = context_.kept.take(forward.exit);
  if (link) {
    exchange_.use(link);
  } else {
    end = co_await connect(forward.exit);
    if (end) co_return *end;
  }
  if (encrypted_) {
    end = co_await encrypt(exchange_.link(), std::string(target->host), target->port);
    if (end) co_return *end;
  }
  link = exchange_.link();
  end = co_await send(link, forward.kept);
  if (end) co_return *end;
  const TryEnd answered = co_await await_answer(link);
  co_return answered;
}

GatewayAttempt::Step GatewayAttempt::connect(sim::ExitId exit) {
  mock_upstream::Site& site = *context_.site;
  const sim::Exit& description = context_.model.exit(exit);
  auto connection = std::make_shared<Connection>(mock_upstream::Socket(site.executor()), site.idle);
  auto link = std::make_shared<ExitLink>(exit, connection, context_.options.wire);
  exchange_.use(link);
  Error error;
  const mock_upstream::Endpoint to(asio::ip::make_address_v4(description.address, error), description.port);
  if (!error) error = co_await connection->connect(to, std::nullopt);
  if (is_cancelled(link)) co_return TryEnd::kOver;
  if (!error) co_return std::nullopt;
  if (error == asio::error::no_descriptors) site.tasks->report("no file is left for a connection to an exit");
  if (context_.options.on_refused) context_.options.on_refused(exit, request_.head);
  co_return TryEnd::kRefused;
}

// A tunnel through the exit, and TLS with the origin at its end.
GatewayAttempt::Step GatewayAttempt::encrypt(std::shared_ptr<ExitLink> link, std::string host, std::uint16_t port) {
  sim::RequestHead connect;
  connect.method = "CONNECT";
  connect.target = fmt::format("{}:{}", host, port);
  connect.headers.add("Host", connect.target);
  std::string out;
  mock_upstream::append_head(out, connect);
  const bool sent = co_await write_all(link->stream, std::move(out));
  if (is_cancelled(link)) co_return TryEnd::kOver;
  if (!sent) co_return TryEnd::kReset;
  const ReadState state = co_await link->answers.read_head(true);
  if (is_cancelled(link)) co_return TryEnd::kOver;
  if (state != ReadState::kOk) co_return end_of(link->answers.fault());
  const sim::ResponseHead& answer = link->answers.head();
  if (!is_success(answer.status)) {
    // The exit's own error is for the model to judge. What else refuses the tunnel must not pass for the origin's answer.
    const std::string& mark = context_.model.rules().forwarding.exit_error_mark;
    const bool marked = !mark.empty() && answer.headers.has(mark);
    co_return marked ? TryEnd::kAnswered : TryEnd::kMalformed;
  }
  if (!context_.to_origins) co_return TryEnd::kMalformed;
  std::string rest = link->answers.take_rest();
  const mock_upstream::IdleWatch::Duration within = context_.options.handshake_time_max;
  const auto secured = co_await context_.to_origins->connect(link->stream, std::move(host), within, std::move(rest));
  if (is_cancelled(link)) co_return TryEnd::kOver;
  if (!secured.stream) co_return TryEnd::kMalformed;
  exchange_.use(std::make_shared<ExitLink>(link->exit, secured.stream, context_.options.wire));
  co_return std::nullopt;
}

GatewayAttempt::Step GatewayAttempt::send(std::shared_ptr<ExitLink> link, const sim::Headers& kept) {
  sim::RequestHead head = sim::forwarded_request(context_.model.rules().forwarding, request_.head);
  if (encrypted_) head = sim::to_origin_form(std::move(head));
  head.headers.add_all(kept);
  const bool chunked = request_.facts.framing == mock_upstream::BodyFraming::kChunked;
  if (chunked && !head.headers.has("Transfer-Encoding")) head.headers.add("Transfer-Encoding", "chunked");
  const auto connection = head.headers.find("Connection");  // which only a gateway with a fault forwards
  link->reusable = !request_.connect && !encrypted_ && !connection;
  std::string out;
  mock_upstream::append_head(out, head);
  if (upload_) upload_->begin(out);
  const bool sent = co_await write_all(link->stream, std::move(out));
  // Another attempt is wanted while this one is young: it was sent, and that is all.
  if (is_cancelled(link) || exchange_.has_effect()) co_return TryEnd::kOver;
  // Where the exit takes no more, what it said before that is still to be read.
  if (!sent || !upload_) co_return std::nullopt;
  const bool going = co_await Upload::go_on(upload_, context_.site->tasks, link->stream);
  static_cast<void>(going);
  if (is_cancelled(link)) co_return TryEnd::kOver;
  co_return std::nullopt;
}

Task<TryEnd> GatewayAttempt::await_answer(std::shared_ptr<ExitLink> link) {
  const bool bodiless = request_.connect || request_.head.method == "HEAD";
  while (true) {
    const ReadState state = co_await link->answers.read_head(bodiless);
    if (is_cancelled(link)) co_return TryEnd::kOver;
    if (state != ReadState::kOk) co_return end_of(link->answers.fault());
    const int status = link->answers.head().status;
    if (status >= 200) co_return TryEnd::kAnswered;
    // Nobody asked for another protocol: Upgrade goes no further than a hop.
    if (status == 101 || status < 100) co_return TryEnd::kMalformed;
    co_await pass_interim(link);
    if (is_cancelled(link)) co_return TryEnd::kOver;
  }
}

Task<> GatewayAttempt::pass_interim(std::shared_ptr<ExitLink> link) {
  const auto nothing = link->answers.body_at_hand();
  if (!nothing || !request_.facts.http_1_1) co_return;
  const sim::ResponseHead head =
      sim::relayed_response(context_.model.rules().forwarding, link->answers.head(), sim::Headers(), false);
  std::string out;
  mock_upstream::append_head(out, head);
  const bool ignored = co_await write_all(client_, std::move(out));  // a client that has gone is noticed elsewhere
  static_cast<void>(ignored);
}

}  // namespace pinproof::conformance
