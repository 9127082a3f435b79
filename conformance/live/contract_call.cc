#include "conformance/live/contract_call.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <optional>
#include <utility>

#include "conformance/live/io_loop.h"
#include "mock_upstream/net/connection.h"
#include "mock_upstream/net/tasks.h"
#include "mock_upstream/wire/message_stream.h"
#include "mock_upstream/wire/write.h"
#include "sim/http/target.h"

namespace pinproof::conformance {
namespace {

namespace asio = mock_upstream::asio;
using mock_upstream::Connection;
using mock_upstream::Error;
using mock_upstream::ReadState;
using mock_upstream::ResponseStream;
using mock_upstream::Task;

// What a server says of an error is shown, up to so many characters.
constexpr std::size_t kWordsMax = 300;

constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr int kMethodNotAllowed = 405;

std::string without(std::string text, const std::string& secret) {
  for (std::size_t at = 0; !secret.empty() && (at = text.find(secret, at)) != std::string::npos;) {
    text.replace(at, secret.size(), "{token}");
  }
  return text;
}

// "http://127.0.0.1:8001/base" as what a socket and a head need.
struct Place {
  mock_upstream::Endpoint at;
  std::string host;  // of the Host field
  std::string base;  // in front of every path, without a final slash
};

std::optional<Place> place_of(const std::string& url) {
  const auto target = sim::parse_absolute_form(url);
  if (!target || target->encrypted) return std::nullopt;
  Error no_address;
  std::string host(target->host);
  const auto address = asio::ip::make_address_v4(host == "localhost" ? "127.0.0.1" : host, no_address);
  if (no_address) return std::nullopt;
  Place place;
  place.at = mock_upstream::Endpoint(address, target->port);
  place.host = host + ":" + std::to_string(target->port);
  place.base = std::string(target->path);
  if (place.base.ends_with('/')) place.base.pop_back();
  return place;
}

std::string words_of(mock_upstream::WireFault fault) {
  using mock_upstream::WireFault;
  switch (fault) {
    case WireFault::kMalformed:
    case WireFault::kUnsupportedCoding:
      return "answered what is not HTTP/1.1";
    case WireFault::kHeadTooLarge:
      return "answered with a head that is too large";
    case WireFault::kTruncated:
      return "closed the connection inside its answer";
    case WireFault::kNone:
      break;
  }
  return "the connection broke";
}

// {"error": "what is wrong, in words"}, as the contracts have it.
std::string error_in(const std::string& body) {
  std::string words;
  const auto none = sim::read_json("", body, [&words](const sim::JsonReader& json) {
    if (const auto error = json.optional("error")) words = error->string();
  });
  return none ? std::string() : words.substr(0, kWordsMax);
}

// Says so however a coroutine ends.
struct Done {
  bool& done;
  ~Done() { done = true; }
};

}  // namespace

struct ContractCall::Answer {
  std::string broken;  // why there is none
  int status = 0;
  std::string body;
};

struct ContractCall::Inside {
  Inside(asio::io_context& io_in, ContractOptions options_in)
      : io(io_in),
        options(std::move(options_in)),
        place(place_of(options.url)),
        tasks(io.get_executor(), [this](std::string_view what) { thrown = what; }),
        watch(io.get_executor()) {}

  asio::io_context& io;
  ContractOptions options;
  std::optional<Place> place;
  std::string thrown;
  mock_upstream::Tasks tasks;
  mock_upstream::IdleWatch watch;
  std::shared_ptr<ResponseStream> kept;
};

struct ContractCall::Exchange {
  std::shared_ptr<Inside> inside;
  std::string request;
  std::shared_ptr<ResponseStream> stream;
  Answer answer;
  bool came = false;  // a head
  bool done = false;

  static Task<> run(std::shared_ptr<Exchange> self) {
    const Done done{self->done};
    self->stream = std::exchange(self->inside->kept, nullptr);
    const bool reused = self->stream != nullptr;
    if (reused) {
      // A server may close a connection that is idle. What the contracts ask for is the same when asked twice, so it may be.
      co_await self->ask();
      const bool closed_meanwhile = !self->came && self->stream->fault() == mock_upstream::WireFault::kNone;
      if (!closed_meanwhile) co_return;
      self->answer = Answer();
    }
    const auto connection =
        std::make_shared<Connection>(mock_upstream::Socket(self->inside->io.get_executor()), self->inside->watch);
    self->stream = std::make_shared<ResponseStream>(connection, mock_upstream::WireLimits());
    const Error error = co_await connection->connect(self->inside->place->at, std::nullopt);
    if (error) {
      self->answer.broken = "cannot connect: " + error.message();
      co_return;
    }
    co_await self->ask();
  }

  Task<> ask() {
    const bool written = co_await stream->write(request);
    const ReadState head = written ? co_await stream->read_head() : ReadState::kFailed;
    if (head != ReadState::kOk) {
      answer.broken =
          head == ReadState::kClosed ? "closed the connection without an answer" : words_of(stream->fault());
      co_return;
    }
    came = true;
    answer.status = stream->head().status;
    while (answer.broken.empty()) {
      const mock_upstream::BodyPiece piece = co_await stream->read_body();
      if (piece.state != ReadState::kOk) answer.broken = words_of(stream->fault());
      if (piece.bytes.empty()) break;
      answer.body += piece.bytes;
      if (answer.body.size() > inside->options.body_bytes_max) answer.broken = "answered with a body that is too large";
    }
    // Bytes behind an answer would be taken for the next one.
    if (answer.broken.empty() && stream->facts().keep_alive && stream->take_rest().empty()) inside->kept = stream;
  }
};

ContractCall::ContractCall(asio::io_context& io, ContractOptions options)
    : inside_(std::make_shared<Inside>(io, std::move(options))) {}

ContractCall::~ContractCall() {
  if (inside_->kept) inside_->kept->transport().close();
  inside_->kept = nullptr;
}

void ContractCall::get(const std::string& path, const Read& read) {
  read_answer(path, call("GET", path, std::string()), read);
}

void ContractCall::post(const std::string& path, const std::string& body, const Read& read) {
  read_answer(path, call("POST", path, body), read);
}

bool ContractCall::post_where_offered(const std::string& path, const std::string& body, const Read& read) {
  const Answer answer = call("POST", path, body);
  if (answer.broken.empty() && (answer.status == kNotFound || answer.status == kMethodNotAllowed)) return false;
  read_answer(path, answer, read);
  return true;
}

ContractCall::Answer ContractCall::call(const std::string& method, const std::string& path, const std::string& body) {
  if (!inside_->place) lose(path, "the URL is not of the form http://ADDRESS:PORT");
  sim::RequestHead head;
  head.method = method;
  head.target = inside_->place->base + path;
  head.headers.add("Host", inside_->place->host);
  head.headers.add("Authorization", "Bearer " + inside_->options.token);
  if (method == "POST") {
    head.headers.add("Content-Type", "application/json");
    head.headers.add_number("Content-Length", body.size());
  }
  const auto exchange = std::make_shared<Exchange>();
  exchange->inside = inside_;
  mock_upstream::append_head(exchange->request, head);
  exchange->request += body;
  inside_->tasks.start("a contract's call", Exchange::run(exchange));

  IoLoop loop(inside_->io);
  const auto until = std::chrono::steady_clock::now() + inside_->options.answer_time_max;
  while (!exchange->done) {
    if (loop.run_one(until)) continue;
    if (exchange->stream) exchange->stream->transport().close();
    lose(path, fmt::format("no answer within {} ms", inside_->options.answer_time_max.count()));
  }
  if (!inside_->thrown.empty()) lose(path, std::exchange(inside_->thrown, std::string()));
  return std::move(exchange->answer);
}

void ContractCall::read_answer(const std::string& path, const Answer& answer, const Read& read) const {
  if (!answer.broken.empty()) lose(path, answer.broken);
  if (answer.status != kOk) {
    const std::string words = error_in(answer.body);
    lose(path, fmt::format("answered {}{}", answer.status, words.empty() ? "" : ": " + sim::json_text(words)));
  }
  if (const auto wrong = sim::read_json("its answer", answer.body, read)) lose(path, wrong->message());
}

void ContractCall::lose(const std::string& path, const std::string& why) const {
  const std::string where = inside_->place ? "http://" + inside_->place->host + inside_->place->base + path : path;
  throw ControlLost(without(where + ": " + why, inside_->options.token));
}

}  // namespace pinproof::conformance
