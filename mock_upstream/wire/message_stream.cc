#include "mock_upstream/wire/message_stream.h"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <utility>

#include "sim/core/check.h"

namespace pinproof::mock_upstream {
namespace {

// Most heads fit, and an idle connection keeps no more.
constexpr std::size_t kBufferFirst = 2UL << 10U;

// What is read and thrown away for the sake of an answer's arrival, and how long for.
constexpr std::size_t kDrainMax = 1UL << 20U;
constexpr auto kDrainTime = std::chrono::seconds(2);

}  // namespace

template <class Head>
MessageStream<Head>::MessageStream(std::shared_ptr<Stream> stream, const WireLimits& limits, std::string already_read)
    : stream_(std::move(stream)),
      limits_(limits),
      codec_(limits.head_bytes_max),
      buffer_(std::move(already_read)),
      end_(buffer_.size()) {
  PINPROOF_CHECK(limits.buffer_bytes >= kBufferFirst, "a buffer of {} bytes", limits.buffer_bytes);
}

template <class Head>
Task<ReadState> MessageStream<Head>::read_head(bool bodiless) {
  PINPROOF_CHECK(whole_, "a head is asked for inside a body");
  codec_.restart(bodiless);
  Connection& connection = transport();
  connection.expire_within(unread().empty() ? limits_.idle_max : limits_.head_time_max);
  if (unread().empty()) shrink();
  bool begun = !unread().empty();
  while (true) {
    const CodecStep step = codec_.step(unread());
    begin_ += step.consumed;
    if (step.event == CodecEvent::kHead) {
      connection.never_expire();
      whole_ = false;
      co_return ReadState::kOk;
    }
    if (step.event == CodecEvent::kFailed) {
      fault_ = codec_.fault();
      co_return ReadState::kFailed;
    }
    const Error error = co_await fill();
    if (error) co_return broken(error);
    if (!begun) connection.expire_within(limits_.head_time_max);
    begun = true;
  }
}

template <class Head>
std::optional<BodyPiece> MessageStream<Head>::body_at_hand() {
  BodyPiece piece;
  while (!whole_) {
    const CodecStep step = codec_.step(unread());
    begin_ += step.consumed;
    switch (step.event) {
      case CodecEvent::kBody:
        piece.bytes = step.body;
        return piece;
      case CodecEvent::kEnd:
        whole_ = true;
        break;
      case CodecEvent::kFailed:
        fault_ = codec_.fault();
        piece.state = ReadState::kFailed;
        return piece;
      case CodecEvent::kHead:
      case CodecEvent::kNeedMore:
        return std::nullopt;
    }
  }
  return piece;
}

template <class Head>
Task<BodyPiece> MessageStream<Head>::read_body() {
  while (true) {
    const std::optional<BodyPiece> at_hand = body_at_hand();
    if (at_hand) co_return *at_hand;
    transport().expire_within(limits_.body_idle_max);
    const Error error = co_await fill();
    transport().never_expire();
    if (error == asio::error::eof && codec_.finish().event == CodecEvent::kEnd) {
      whole_ = true;
    } else if (error) {
      BodyPiece piece;
      piece.state = broken(error);
      co_return piece;
    }
  }
}

template <class Head>
Task<bool> MessageStream<Head>::write(std::string_view bytes) {
  bytes.remove_prefix(stream_->write_now(bytes));
  if (bytes.empty()) co_return true;
  transport().expire_within(limits_.body_idle_max);
  const auto [error, written] = co_await stream_->write(bytes);
  transport().never_expire();
  co_return !error;
}

template <class Head>
Task<> MessageStream<Head>::close_gently() {
  transport().expire_within(kDrainTime);
  co_await stream_->close_sending();
  for (std::size_t drained = 0; drained < kDrainMax;) {
    begin_ = end_ = 0;
    const Error error = co_await fill();
    if (error) break;
    drained += end_;
  }
  transport().close();
}

template <class Head>
std::string MessageStream<Head>::take_rest() {
  std::string rest(unread());
  begin_ = end_ = 0;
  return rest;
}

// Room behind what is unread: the whole of a head that is not yet consumed has to fit.
template <class Head>
bool MessageStream<Head>::make_room() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ < buffer_.size()) return true;
  if (begin_ > 0) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
    end_ -= begin_;
    begin_ = 0;
    return true;
  }
  const std::size_t most = std::max(limits_.buffer_bytes, limits_.head_bytes_max + 1);
  if (buffer_.size() >= most) return false;
  buffer_.resize(std::min(most, std::max(2 * buffer_.size(), kBufferFirst)));
  return true;
}

template <class Head>
Task<Error> MessageStream<Head>::fill() {
  // A body's pieces come as large as one read gives them.
  if (!whole_ && begin_ == end_ && buffer_.size() < limits_.buffer_bytes) buffer_.resize(limits_.buffer_bytes);
  if (!make_room()) co_return asio::error::no_buffer_space;
  const std::span<char> room(buffer_.data() + end_, buffer_.size() - end_);
  const auto [error, read] = co_await stream_->read_some(room);
  end_ += read;
  co_return error;
}

template <class Head>
ReadState MessageStream<Head>::broken(const Error& error) {
  const bool may_close = whole_ && codec_.between_messages() && unread().empty();
  if (may_close && (error == asio::error::eof || transport().timed_out())) return ReadState::kClosed;
  if (error == asio::error::eof) fault_ = WireFault::kTruncated;
  return ReadState::kFailed;
}

template <class Head>
void MessageStream<Head>::shrink() {
  begin_ = end_ = 0;
  if (buffer_.size() <= kBufferFirst) return;
  buffer_.resize(kBufferFirst);
  buffer_.shrink_to_fit();
}

template class MessageStream<sim::RequestHead>;
template class MessageStream<sim::ResponseHead>;

}  // namespace pinproof::mock_upstream
