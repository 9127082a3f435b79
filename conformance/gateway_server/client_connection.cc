#include "conformance/gateway_server/client_connection.h"

#include <utility>
#include <variant>

#include "conformance/gateway_server/origin_guard.h"
#include "mock_upstream/wire/fault_answer.h"
#include "mock_upstream/wire/write.h"

namespace pinproof::conformance {

using mock_upstream::BodyFraming;
using mock_upstream::Connection;
using mock_upstream::ReadState;
using mock_upstream::RequestStream;
using mock_upstream::Task;
using mock_upstream::WireFault;

namespace {

bool asks_to_go_on(const sim::RequestHead& head) {
  const auto expect = head.headers.find("Expect");
  return expect && sim::same_field_name(*expect, "100-continue");
}

std::optional<std::uint64_t> body_bytes_said(const mock_upstream::HeadFacts& facts) {
  if (facts.framing == BodyFraming::kChunked) return std::nullopt;
  return facts.length;
}

}  // namespace

ClientConnection::ClientConnection(std::shared_ptr<GatewayContext> context, mock_upstream::Socket socket)
    : context_(std::move(context)),
      client_(std::make_shared<Connection>(std::move(socket), context_->site->idle)),
      requests_(std::make_shared<RequestStream>(client_, context_->options.wire)) {
  context_->clients.insert(this);
}

ClientConnection::~ClientConnection() {
  watch_.reset();
  leave();
  context_->clients.erase(this);
}

Task<> ClientConnection::serve(std::shared_ptr<ClientConnection> self, bool encrypted) {
  if (encrypted) {
    const bool begun = co_await self->begin_encrypted();
    if (!begun) co_return;
  }
  self->id_ = self->context_->model.connect();
  while (true) {
    const ReadState state = co_await self->requests_->read_head();
    if (state == ReadState::kFailed) co_await self->refuse_unread();
    const bool was_cut = !self->id_;
    if (state != ReadState::kOk || was_cut) break;
    const bool kept = co_await self->take_one();
    if (!kept) break;
  }
  self->leave();
  self->client_->close();
}

void ClientConnection::cut() {
  const auto self = shared_from_this();
  id_.reset();
  exchange_->abandon();
  client_->reset();
  exchange_->wake();
}

Task<bool> ClientConnection::begin_encrypted() {
  const auto stream = co_await context_->tls->accept(client_, context_->options.handshake_time_max);
  if (!stream) co_return false;
  requests_ = std::make_shared<RequestStream>(stream, context_->options.wire);
  co_return true;
}

// What came is no request that can be read: it is said so where the connection still stands.
Task<> ClientConnection::refuse_unread() {
  const WireFault fault = requests_->fault();
  if (fault == WireFault::kNone || fault == WireFault::kTruncated) co_return;
  context_->model.refused_unheard();
  const std::string refusal = mock_upstream::answer_to_fault(fault);
  leave();
  const bool written = co_await requests_->write(refusal);
  if (written) co_await requests_->close_gently();
}

Task<bool> ClientConnection::take_one() {
  read_request();
  bool kept = false;
  std::string host = forbidden_host(context_->options, request_.head);
  if (!host.empty()) {
    kept = co_await refuse(std::move(host));
    co_return kept;
  }
  sim::ArrivedRequest arrived{*id_, request_.head, body_bytes_said(request_.facts), tunnel_ != nullptr};
  context_->model.request(exchange_, arrived);
  kept = co_await carry_out();
  watch_.reset();
  if (upload_) upload_->abandon();
  co_return kept&& id_.has_value();
}

void ClientConnection::read_request() {
  request_.facts = requests_->facts();
  request_.head = requests_->take_head();
  request_.connect = request_.head.method == "CONNECT";
  if (tunnel_ && !request_.connect) request_.head.target = tunnel_->absolute(request_.head.target);
  if (request_.facts.framing != BodyFraming::kNone) {
    upload_ = std::make_shared<Upload>(requests_, context_->options.body_kept_max);
  } else {
    upload_.reset();
    requests_->body_at_hand();  // the end of a message without a body
  }
}

Task<bool> ClientConnection::carry_out() {
  bool kept = false;
  while (true) {
    if (!exchange_->has_effect()) {
      if (!exchange_->is_open()) co_return false;
      watch_client();
      co_await exchange_->wait();
      continue;
    }
    sim::Effect effect = exchange_->take();
    if (auto* forward = std::get_if<sim::Forward>(&effect)) {
      co_await try_exit(std::move(*forward));
    } else if (auto* added = std::get_if<sim::Relay>(&effect)) {
      const std::optional<bool> relayed = co_await relay(std::move(added->added));
      if (relayed) co_return *relayed;
    } else if (auto* own = std::get_if<sim::Reply>(&effect)) {
      kept = co_await reply(std::move(*own));
      co_return kept;
    } else if (auto* read_on = std::get_if<sim::Intercept>(&effect)) {
      kept = co_await intercept(std::move(*read_on));
      co_return kept;
    } else if (auto* broken = std::get_if<sim::Abort>(&effect)) {
      kept = co_await abort(*broken);
      co_return kept;
    }
  }
}

Task<> ClientConnection::try_exit(sim::Forward forward) {
  exchange_->give_up();
  watch_client();
  GatewayAttempt attempt(*context_, *exchange_, request_, upload_, requests_->shared_stream());
  const TryEnd end = co_await attempt.run(std::move(forward));
  if (end == TryEnd::kAnswered) {
    context_->model.answer(*exchange_, exchange_->link()->answers.head());
    if (exchange_->is_wanted()) co_return;
    // The exit's own error: the next attempt may be a long wait away, and nothing of the body may go to this exit meanwhile.
    if (upload_) upload_->pause();
    co_return exchange_->give_up();
  }
  if (upload_) upload_->pause();
  if (end == TryEnd::kOver) co_return;
  exchange_->give_up();
  const sim::AttemptFailure failure = end == TryEnd::kRefused ? sim::AttemptFailure::kRefused
                                      : end == TryEnd::kReset ? sim::AttemptFailure::kReset
                                                              : sim::AttemptFailure::kMalformed;
  context_->model.attempt_failed(*exchange_, failure);
}

Task<bool> ClientConnection::refuse(std::string host) {
  context_->model.refused_unheard();
  sim::Reply refusal;
  refusal.head = refusal_head();
  refusal.body = refusal_text(context_->options, host);
  const bool kept = co_await reply(std::move(refusal));
  co_return kept;
}

Task<bool> ClientConnection::reply(sim::Reply reply) {
  exchange_->give_up();
  bool kept = !reply.close && may_be_kept();
  std::string out;
  append_own_answer(out, reply.head, reply.body, kept, asked());
  kept = co_await end_answer(std::move(out), kept);
  co_return kept;
}

Task<bool> ClientConnection::intercept(sim::Intercept intercept) {
  sim::ResponseHead head;
  head.headers = std::move(intercept.added);
  std::string out;
  mock_upstream::append_head(out, head);
  const bool written = co_await requests_->write(out);
  if (!written) co_return false;
  tunnel_ = std::make_shared<ReadTunnel>();
  tunnel_->authority = request_.head.target;
  std::string first = requests_->take_rest();
  requests_ = co_await enter_tunnel(context_, requests_->shared_stream(), std::move(first), tunnel_);
  co_return requests_ != nullptr;
}

// What came of the answer has been passed on, and that is all there will be (H-PIN-9).
Task<bool> ClientConnection::abort(sim::Abort abort) {
  exchange_->give_up();
  bool kept = false;
  if (abort.pass_for_whole && answer_framing_ == BodyFraming::kChunked) {
    std::string out;
    mock_upstream::append_last_chunk(out);
    kept = co_await end_answer(std::move(out), may_be_kept());
    co_return kept;
  }
  // Where the end of the connection is the end of the body, only a reset tells the client that it is not.
  if (!abort.pass_for_whole && answer_framing_ == BodyFraming::kUntilClose) client_->reset();
  co_await part();
  co_return false;
}

// The last bytes of an answer; then the connection is made ready for the next request, or ended.
Task<bool> ClientConnection::end_answer(std::string out, bool kept) {
  const std::shared_ptr<Upload> upload = upload_;
  const bool written = out.empty() || co_await requests_->write(out);
  if (!written) co_return false;
  if (kept && upload) kept = co_await Upload::drain(upload, context_->options.body_drained_max);
  if (!kept) co_await part();
  co_return kept;
}

// What is left of a body has to be read before the next request; too much of it, or one that may never come, is not waited for.
bool ClientConnection::may_be_kept() const {
  if (!request_.facts.keep_alive) return false;
  if (!upload_ || upload_->whole()) return true;
  return !asks_to_go_on(request_.head) && request_.facts.length <= context_->options.body_drained_max;
}

void ClientConnection::watch_client() {
  if (!watch_) watch_.emplace(*client_, [this] { client_gone(); });
}

void ClientConnection::client_gone() {
  const auto self = shared_from_this();
  context_->model.client_gone(*exchange_);
  client_->close();
  exchange_->wake();
}

void ClientConnection::leave() {
  if (id_) context_->model.disconnect(*id_);
  id_.reset();
}

// Ends the connection so that what was written arrives.
Task<> ClientConnection::part() {
  leave();
  watch_.reset();
  if (upload_ && !upload_->whole()) {
    const std::shared_ptr<Upload> upload = upload_;
    co_await requests_->stream().close_sending();
    const bool ignored = co_await Upload::drain(upload, context_->options.body_drained_max);
    static_cast<void>(ignored);
  }
  co_await requests_->close_gently();
}

}  // namespace pinproof::conformance
