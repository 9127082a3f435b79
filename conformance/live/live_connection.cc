#include "conformance/live/live_connection.h"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <span>
#include <utility>
#include <vector>

#include "conformance/live/request_bytes.h"
#include "sim/core/check.h"

namespace pinproof::conformance {

using mock_upstream::Connection;
using mock_upstream::Error;
using mock_upstream::Socket;
using mock_upstream::Stream;
using mock_upstream::Task;
namespace asio = mock_upstream::asio;

namespace {

// Most answers fit the first; a connection that carries more gets room for whole segments.
constexpr std::size_t kBufferFirst = 4UL << 10U;
constexpr std::size_t kBufferMost = 64UL << 10U;

std::string without_port(const std::string& host) { return host.substr(0, host.find(':')); }

AnswerReader::To kind_of(const WireRequest& request) {
  if (request.head.method == "HEAD") return AnswerReader::To::kHead;
  return request.head.method == "CONNECT" && !request.inside_tunnel ? AnswerReader::To::kConnect
                                                                    : AnswerReader::To::kRequest;
}

}  // namespace

std::shared_ptr<LiveConnection> LiveConnection::open(std::shared_ptr<LiveSite> site, LiveEndpoint to,
                                                     LiveConnectionEvents& events) {
  auto connection = std::make_shared<LiveConnection>(site, std::move(to), events);
  site->tasks.start("a client's connection", run(connection));
  return connection;
}

LiveConnection::LiveConnection(std::shared_ptr<LiveSite> site, LiveEndpoint to, LiveConnectionEvents& events)
    : site_(std::move(site)),
      to_(std::move(to)),
      events_(&events),
      transport_(std::make_shared<Connection>(Socket(site_->tasks.executor()), site_->idle)),
      stream_(transport_) {}

LiveConnection::~LiveConnection() { site_->queued -= queued_; }

Task<> LiveConnection::run(std::shared_ptr<LiveConnection> self) {
  const bool connected = co_await self->connect();
  if (connected) {
    self->ready_ = true;
    self->start_next();
  }
  std::vector<char> buffer(kBufferFirst);
  while (connected && self->open_) {
    const std::shared_ptr<Stream> stream = self->stream_;
    const std::span<char> room(buffer);
    const auto [error, read] = co_await stream->read_some(room);
    if (error) {
      self->peer_gone(error);
      break;
    }
    self->take(std::string_view(buffer.data(), read));
    if (read == buffer.size()) buffer.resize(kBufferMost);
    if (!self->encrypt_for_) continue;
    const bool encrypted = co_await self->encrypt(*self->encrypt_for_);
    self->encrypt_for_.reset();
    if (!encrypted) break;
    self->ready_ = true;
    self->start_next();
  }
  self->shut();
  self->end_all();
}

// False when it came to nothing, which why_ says.
Task<bool> LiveConnection::connect() {
  transport_->expire_within(site_->connect_time_max);
  const Error error = co_await transport_->connect(to_.at, std::nullopt);
  transport_->never_expire();
  if (error == asio::error::no_descriptors) {
    site_->own_trouble = "no file is left for another connection of the harness; raise the limit (ulimit -n)";
  }
  if (error) {
    why_ = "cannot connect: " + (transport_->timed_out() ? std::string("no answer in time") : error.message());
    co_return false;
  }
  if (!to_.encrypted) co_return true;
  const bool encrypted = co_await encrypt(without_port(to_.host));
  co_return encrypted;
}

Task<bool> LiveConnection::encrypt(std::string host) {
  PINPROOF_CHECK(site_->tls != nullptr, "TLS with {}, and nobody is trusted", host);
  std::string rest = reader_.take_rest();
  mock_upstream::TlsClient::Result result =
      co_await site_->tls->connect(stream_, std::move(host), site_->connect_time_max, std::move(rest));
  if (result.stream) {
    stream_ = result.stream;
  } else {
    why_ = "TLS: " + result.complaint;
  }
  co_return result.stream != nullptr;
}

void LiveConnection::send(LiveRequest request) {
  waiting_.push_back(std::move(request));
  if (!open_) return asio::post(site_->tasks.executor(), [self = shared_from_this()] { self->end_all(); });
  start_next();
}

void LiveConnection::close() {
  if (!open_) return;
  why_ = "closed by the client";
  shut();
  asio::post(site_->tasks.executor(), [self = shared_from_this()] { self->end_all(); });
}

void LiveConnection::forget() {
  events_ = nullptr;
  close();
}

void LiveConnection::start_next() {
  if (!open_ || !ready_ || current_ || waiting_.empty()) return count_queued();
  current_ = std::move(waiting_.front());
  waiting_.pop_front();
  count_queued();
  reader_.expect(kind_of(current_->wire), current_->body_kept);
  put_out(bytes_of(current_->wire));
  if (events_ != nullptr) events_->on_sent(current_->id);
}

void LiveConnection::put_out(std::string bytes) {
  if (!writing_) bytes.erase(0, stream_->write_now(bytes));
  if (bytes.empty()) return;
  out_.push_back(std::move(bytes));
  if (!std::exchange(writing_, true)) site_->tasks.start("a client's request", write(shared_from_this()));
}

// What cannot be written is of no interest: the answer may have come all the same, and reading tells.
Task<> LiveConnection::write(std::shared_ptr<LiveConnection> self) {
  while (self->open_ && !self->out_.empty()) {
    const std::shared_ptr<Stream> stream = self->stream_;
    const std::string bytes = std::move(self->out_.front());
    self->out_.pop_front();
    const auto [error, written] = co_await stream->write(bytes);
    if (error) break;
  }
  self->out_.clear();
  self->writing_ = false;
}

void LiveConnection::take(std::string_view bytes) {
  reader_.feed(bytes);
  while (open_ && current_) {
    switch (reader_.next()) {
      case AnswerReader::Said::kMore:
        return;
      case AnswerReader::Said::kHead:
        if (events_ != nullptr) events_->on_head(current_->id, reader_.head());
        break;
      case AnswerReader::Said::kEnd:
        answered();
        break;
      case AnswerReader::Said::kFault:
        why_ = reader_.fault();
        return shut();
    }
  }
  // Nobody asked for what is left, unless it is the tunnel's.
  if (open_ && !encrypt_for_ && reader_.has_rest()) shut();
}

void LiveConnection::answered() {
  const bool tunnel = kind_of(current_->wire) == AnswerReader::To::kConnect && reader_.head().status / 100 == 2;
  if (tunnel && current_->tunnel_encrypted) {
    ready_ = false;
    encrypt_for_ = current_->tunnel_host;
  } else if (!tunnel && !reader_.keep_alive()) {
    shut();
  }
  end_current(AnswerEnd::kComplete);
  start_next();
}

void LiveConnection::peer_gone(const Error& error) {
  if (!open_) return;
  if (error == asio::error::eof) {
    reader_.close();
    take({});
    if (open_) why_ = "closed by the peer";
  } else {
    why_ = "the connection broke: " + error.message();
  }
}

void LiveConnection::end_current(AnswerEnd end) {
  LiveEnd said;
  said.wire.end = end;
  said.wire.bytes = reader_.body_bytes();
  said.wire.digest = reader_.body_digest();
  if (end != AnswerEnd::kComplete) said.wire.why = why_;
  said.text = reader_.text();
  const std::uint64_t id = current_->id;
  current_.reset();
  count_queued();
  if (events_ != nullptr) events_->on_end(id, said);
}

// Of a connection that is closed.
void LiveConnection::end_all() {
  if (current_) end_current(reader_.head_came() ? AnswerEnd::kCut : AnswerEnd::kClosed);
  while (!waiting_.empty()) {
    current_ = std::move(waiting_.front());
    waiting_.pop_front();
    reader_.expect(kind_of(current_->wire), 0);
    end_current(AnswerEnd::kClosed);
  }
}

void LiveConnection::shut() {
  open_ = false;
  transport_->close();
}

void LiveConnection::count_queued() {
  site_->queued -= queued_;
  queued_ = current_ ? waiting_.size() : 0;
  site_->queued += queued_;
}

}  // namespace pinproof::conformance
