// Reads the answers on a client's connection from bytes: a head, how much of the body came and its digest, the end. Knows no socket, and
// takes whatever a hostile peer sends for what it is: an answer, or a fault with its reason.
//
//   expect() one answer, then feed() bytes and ask next() until it says kMore; at the peer's end, close() and next() once more.
//
// A body is counted and not kept, but for its beginning where somebody wants to read it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mock_upstream/wire/codec.h"
#include "sim/core/digest.h"

namespace pinproof::conformance {

class AnswerReader {
 public:
  enum class Said : std::uint8_t {
    kMore,   // bytes are wanted
    kHead,   // head() came; interim ones (1xx) are passed over
    kEnd,    // the answer is whole
    kFault,  // it can be none: fault() says why, and the connection is of no more use
  };

  enum class To : std::uint8_t { kRequest, kHead, kConnect };

  /// The next answer is to a request of that kind: one to HEAD has no body, nor has a 2xx to CONNECT, after which comes the tunnel.
  /// `kept`: so many bytes of the body are kept for text().
  void expect(To to, std::size_t kept);

  void feed(std::string_view bytes) { unread_.append(bytes); }
  void close() { closed_ = true; }
  Said next();

  const sim::ResponseHead& head() const { return head_; }
  bool head_came() const { return head_came_; }
  /// The connection may carry another message after this one.
  bool keep_alive() const { return keep_alive_; }
  std::uint64_t body_bytes() const { return body_bytes_; }
  std::uint64_t body_digest() const { return digest_.value(); }
  const std::string& text() const { return text_; }
  const std::string& fault() const { return fault_; }

  /// What came behind the last answer; take_rest() forgets it here.
  bool has_rest() const { return begin_ < unread_.size(); }
  std::string take_rest();

 private:
  Said read_head();
  Said read_body();
  Said end();
  Said fail(std::string why);

  mock_upstream::ResponseCodec codec_;
  std::string unread_;
  std::size_t begin_ = 0;
  To to_ = To::kRequest;
  std::size_t kept_ = 0;
  bool closed_ = false;
  bool head_came_ = false;
  bool ended_ = true;
  bool keep_alive_ = true;
  sim::ResponseHead head_;
  std::uint64_t body_bytes_ = 0;
  sim::Digest digest_;
  std::string text_;
  std::string fault_;
};

}  // namespace pinproof::conformance
