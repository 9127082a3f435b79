// Messages over a stream, one after the other, with bounded memory: a head is read whole, a body in pieces that are handed on and
// forgotten. One end of a connection reads one kind of message: a server requests, a client responses.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mock_upstream/net/connection.h"
#include "mock_upstream/wire/codec.h"

namespace pinproof::mock_upstream {

struct WireLimits {
  std::size_t head_bytes_max = kHeadBytesMax;
  /// Enough for a piece of a body that one write takes; a connection that reads has one.
  std::size_t buffer_bytes = 16UL << 10U;
  /// Between messages; some clients keep a connection for minutes.
  IdleWatch::Duration idle_max = std::chrono::minutes(10);
  /// From a head's first byte to its last, however slowly they come.
  IdleWatch::Duration head_time_max = std::chrono::seconds(60);
  /// Between two pieces of a body.
  IdleWatch::Duration body_idle_max = std::chrono::minutes(10);
};

enum class ReadState : std::uint8_t {
  kOk,
  kClosed,  // the peer closed, or was idle for too long, where it may: between messages
  kFailed,  // fault() says why, or the connection broke inside a message
};

/// A piece of a body: a view that is valid until the next read. Empty with kOk: the body is whole.
struct BodyPiece {
  ReadState state = ReadState::kOk;
  std::string_view bytes;
};

template <class Head>
class MessageStream {
 public:
  /// `already_read`: what was read from the stream before; the first message begins there.
  MessageStream(std::shared_ptr<Stream> stream, const WireLimits& limits, std::string already_read = {});

  /// The next message's head; what is left of the one before has to be read first. `bodiless`: see Codec::restart.
  Task<ReadState> read_head(bool bodiless = false);
  const Head& head() const { return codec_.head(); }
  Head take_head() { return codec_.take_head(); }
  const HeadFacts& facts() const { return codec_.facts(); }

  Task<BodyPiece> read_body();
  /// The same without waiting: nothing when the next piece has still to come.
  std::optional<BodyPiece> body_at_hand();
  bool message_whole() const { return whole_; }
  /// Something was read that is not yet handed on: of this message, or behind it.
  bool has_unread() const { return begin_ != end_; }

  /// All of `bytes`, which stay valid until then; false when the connection is broken.
  Task<bool> write(std::string_view bytes);

  /// Ends the connection so that what was written arrives although the peer may still be sending: says that nothing more comes, and
  /// reads what the peer has under way, up to a limit.
  Task<> close_gently();

  /// After kFailed; kNone when the connection broke.
  WireFault fault() const { return fault_; }

  /// What was read beyond the message; for a tunnel, which begins there. The stream must not read messages any more.
  std::string take_rest();

  Stream& stream() { return *stream_; }
  const std::shared_ptr<Stream>& shared_stream() const { return stream_; }
  Connection& transport() { return stream_->transport(); }

 private:
  std::string_view unread() const { return std::string_view(buffer_).substr(begin_, end_ - begin_); }
  bool make_room();
  Task<Error> fill();
  ReadState broken(const Error& error);
  void shrink();

  std::shared_ptr<Stream> stream_;
  WireLimits limits_;
  Codec<Head> codec_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool whole_ = true;  // the last message is, or there was none
  WireFault fault_ = WireFault::kNone;
};

extern template class MessageStream<sim::RequestHead>;
extern template class MessageStream<sim::ResponseHead>;

using RequestStream = MessageStream<sim::RequestHead>;
using ResponseStream = MessageStream<sim::ResponseHead>;

}  // namespace pinproof::mock_upstream
