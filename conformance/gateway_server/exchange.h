// One request at the gateway, between the model, which says what is to be done about it, and the coroutine that does it.
//
// Effects wait here until the coroutine comes for them. Only Cancel is carried out at once, by whoever delivers it: it ends the
// connection to the exit, and whoever waits there finds out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "conformance/gateway_server/exit_link.h"
#include "mock_upstream/net/wakeup.h"
#include "sim/gateway/gateway.h"

namespace pinproof::conformance {

class GatewayExchange {
 public:
  /// The model knows the request and has not heard of its end. An exchange is not open before its request, and not after a Reply,
  /// Intercept or Abort, the end of its answer, or its client's going.
  bool is_open() const { return id_.has_value(); }
  sim::RequestId id() const { return *id_; }
  void open(sim::RequestId id);
  /// Its last effect may still be to be carried out.
  void close() { id_.reset(); }
  /// Nothing is to be done about it any more.
  void abandon();

  void deliver(sim::Effect effect);
  /// How often an attempt was cancelled: who asks before and after knows whether his was.
  std::uint32_t cancels() const { return cancels_; }
  bool has_effect() const { return next_ < effects_.size(); }
  /// The next is to pass the answer on that just came.
  bool is_wanted() const { return has_effect() && std::holds_alternative<sim::Relay>(effects_[next_]); }
  /// There has to be one.
  sim::Effect take();
  /// Returns once there is an effect, or on wake() because there will be none.
  mock_upstream::Task<> wait();
  bool is_awaited() const { return waiting_ != nullptr; }
  /// Resumes the coroutine that waits, if one does, before it returns.
  void wake();

  /// The exit that is being tried, or whose answer is being relayed.
  const std::shared_ptr<ExitLink>& link() const { return link_; }
  void use(std::shared_ptr<ExitLink> link) { link_ = std::move(link); }
  std::shared_ptr<ExitLink> release() { return std::move(link_); }
  /// Closes the connection to the exit, whatever is under way on it.
  void give_up();

 private:
  std::optional<sim::RequestId> id_;
  std::vector<sim::Effect> effects_;
  std::size_t next_ = 0;
  std::uint32_t cancels_ = 0;
  mock_upstream::Wakeup* waiting_ = nullptr;
  std::shared_ptr<ExitLink> link_;
};

}  // namespace pinproof::conformance
