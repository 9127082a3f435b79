// Passes bytes from one connection to another as they come, with no more memory than a buffer each way.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "mock_upstream/net/tasks.h"
#include "mock_upstream/wire/message_stream.h"
#include "mock_upstream/wire/write.h"

namespace pinproof::mock_upstream {

enum class RelayEnd : std::uint8_t { kWhole, kSourceFailed, kSinkFailed };

/// What is left of the message that `from` reads goes to `to`, framed as the message's own head says. Awaited at once, so that both live.
template <class From, class To>
Task<RelayEnd> relay_body(MessageStream<From>& from, MessageStream<To>& to) {
  const bool chunked = from.facts().framing == BodyFraming::kChunked;
  std::string chunk;
  while (true) {
    const BodyPiece piece = co_await from.read_body();
    if (piece.state != ReadState::kOk) co_return RelayEnd::kSourceFailed;
    const bool last = piece.bytes.empty();
    std::string_view out = piece.bytes;
    if (chunked) {
      chunk.clear();
      append_chunk(chunk, piece.bytes);
      if (last) append_last_chunk(chunk);
      out = chunk;
    }
    const bool written = out.empty() || co_await to.write(out);
    if (!written) co_return RelayEnd::kSinkFailed;
    if (last) co_return RelayEnd::kWhole;
  }
}

struct TunnelLimits {
  std::size_t buffer_bytes = 8UL << 10U;  // each way; five thousand idle tunnels have two each
  IdleWatch::Duration idle_max = std::chrono::minutes(10);
};

/// What a tunnel carried, and how it came to its end.
struct TunnelEnd {
  enum class By : std::uint8_t {
    kBoth,
    kClient,
    kOrigin
  };  // both have closed, or whose connection broke or fell silent

  By by = By::kBoth;
  std::uint64_t bytes_up = 0;
  std::uint64_t bytes_down = 0;
};

/// Bytes both ways, until both ends have closed or one has broken or been silent for too long. An end that closes its sending half is
/// passed on, and the other half goes on. `up` and `down` were read before the tunnel began, and count. Afterwards the origin's connection
/// is ended, and the client's too unless the origin's broke: what is to be said of that, the caller says.
Task<TunnelEnd> counted_tunnel(std::shared_ptr<Tasks> tasks, std::shared_ptr<Stream> client,
                               std::shared_ptr<Stream> origin, std::string up, std::string down, TunnelLimits limits);

/// The same where nobody asks: then both connections are ended.
Task<> tunnel(std::shared_ptr<Tasks> tasks, std::shared_ptr<Stream> client, std::shared_ptr<Stream> origin,
              std::string up, std::string down, TunnelLimits limits);

}  // namespace pinproof::mock_upstream
