// The body of one request on its way from the client to whichever exit is being tried.
//
// Nothing is read of it before an exit is connected: a request that waits for its slot waits with its body unread. What was read is kept
// for another attempt, up to a limit; past it the body streams, and the request cannot be tried again once some of it is gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "mock_upstream/net/tasks.h"
#include "mock_upstream/net/wakeup.h"
#include "mock_upstream/wire/message_stream.h"

namespace pinproof::conformance {

class Upload {
 public:
  /// For a request whose head `from` has read, with a body behind it.
  Upload(std::shared_ptr<mock_upstream::RequestStream> from, std::size_t kept_max);

  /// False once a part that is needed for another attempt is gone.
  bool can_begin() const { return !dropped_; }
  /// Appends the body as far as it is there, framed as the request's head says.
  void begin(std::string& out);
  /// What was appended has been sent to `to`; the rest follows of itself, as it comes. False when that can be seen to fail.
  static mock_upstream::Task<bool> go_on(std::shared_ptr<Upload> self, std::shared_ptr<mock_upstream::Tasks> tasks,
                                         std::shared_ptr<mock_upstream::Stream> to);
  /// The attempt is over: what is read from now on is only kept.
  void pause() { sink_.reset(); }

  /// Read to its end from the client.
  bool whole() const { return whole_; }
  /// Somebody reads the client's stream at this moment, and nobody else may.
  bool is_reading() const { return pumping_; }
  /// Of the body, without framing, read from the client.
  std::uint64_t bytes() const { return bytes_; }

  /// Nobody wants it any more: reads and throws away at most so much. True when it came to its end, and the connection can be kept.
  static mock_upstream::Task<bool> drain(std::shared_ptr<Upload> self, std::size_t drained_max);

  /// The request is over, and its client too where the body was not read to its end.
  void abandon();

 private:
  static mock_upstream::Task<> pump(std::shared_ptr<Upload> self);
  bool take(const mock_upstream::BodyPiece& piece);
  void forget_sent();
  void wake();

  std::shared_ptr<mock_upstream::RequestStream> from_;
  std::size_t kept_max_;
  bool chunked_;
  std::string kept_;
  std::size_t sent_ = 0;  // of what is kept, to the sink
  bool dropped_ = false;  // something was sent that is not kept
  bool whole_ = false;
  bool broken_ = false;
  bool pumping_ = false;
  bool draining_ = false;
  std::size_t drain_left_ = 0;
  std::uint64_t bytes_ = 0;
  std::shared_ptr<mock_upstream::Stream> sink_;
  mock_upstream::Wakeup* paused_ = nullptr;     // the pump, which has nobody to send to and may read no more
  mock_upstream::Wakeup* finishing_ = nullptr;  // who waits for the pump's end
};

}  // namespace pinproof::conformance
