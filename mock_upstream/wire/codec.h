// Reads HTTP/1.1 messages from bytes: a head, the pieces of its body, its end, and the next message. Knows no socket: whoever has the
// bytes hands them in, cut wherever the network cut them.
//
//   step(bytes) -> kNeedMore | kHead | kBody | kEnd | kFailed, and how many of the bytes are done with
//
// What was not consumed is handed in again, with more behind it. After kEnd comes restart(); bytes that follow are the next message's
// (pipelining). A body is never kept: a piece is a view into what was handed in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sim/http/message.h"

namespace pinproof::mock_upstream {

/// As much as browsers and the large proxies take, and what a hostile head may cost us.
inline constexpr std::size_t kHeadBytesMax = 64UL << 10U;

enum class BodyFraming : std::uint8_t {
  kNone,
  kLength,      // Content-Length
  kChunked,     // Transfer-Encoding: chunked
  kUntilClose,  // a response that ends with its connection
};

/// What a head says about the message, beside its fields.
struct HeadFacts {
  BodyFraming framing = BodyFraming::kNone;
  std::uint64_t length = 0;  // of kLength
  bool keep_alive = true;    // the connection may carry another message
  bool http_1_1 = true;      // or 1.0
};

enum class WireFault : std::uint8_t {
  kNone,
  kMalformed,          // not HTTP/1.1, or framed in two ways at once
  kHeadTooLarge,       // more than the head may have
  kUnsupportedCoding,  // a request whose Transfer-Encoding does not end in chunked: where it ends is not known
  kTruncated,          // the peer closed inside a message
};

enum class CodecEvent : std::uint8_t { kNeedMore, kHead, kBody, kEnd, kFailed };

struct CodecStep {
  CodecEvent event = CodecEvent::kNeedMore;
  std::size_t consumed = 0;
  std::string_view body;  // of kBody
};

/// Head is sim::RequestHead or sim::ResponseHead.
template <class Head>
class Codec {
 public:
  explicit Codec(std::size_t head_bytes_max = kHeadBytesMax);
  ~Codec();
  Codec(Codec&&) noexcept;
  Codec& operator=(Codec&&) noexcept;

  /// Makes ready for the next message. `bodiless`: a response that has no body whatever its head says, as the answer to HEAD, or a 2xx to
  /// CONNECT.
  void restart(bool bodiless = false);

  /// Not after kEnd or kFailed, but for restart().
  CodecStep step(std::string_view bytes);

  /// The peer has closed its end, and all that it sent was handed in: kEnd when the message may end there, else kFailed.
  CodecStep finish();

  /// True when no byte of a message has come: the peer may close here.
  bool between_messages() const;

  /// From kHead on.
  const Head& head() const;
  Head take_head();
  const HeadFacts& facts() const;

  /// After kFailed.
  WireFault fault() const;
  /// In words, for a log.
  const std::string& complaint() const;

 private:
  struct Reading;
  std::unique_ptr<Reading> reading_;
};

extern template class Codec<sim::RequestHead>;
extern template class Codec<sim::ResponseHead>;

using RequestCodec = Codec<sim::RequestHead>;
using ResponseCodec = Codec<sim::ResponseHead>;

}  // namespace pinproof::mock_upstream
