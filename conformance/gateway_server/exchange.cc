#include "conformance/gateway_server/exchange.h"

#include <utility>

#include "sim/core/check.h"

namespace pinproof::conformance {

void GatewayExchange::open(sim::RequestId id) {
  PINPROOF_CHECK(!id_, "request {} is still open", static_cast<std::uint64_t>(*id_));
  id_ = id;
  effects_.clear();
  next_ = 0;
}

void GatewayExchange::abandon() {
  give_up();
  close();
  effects_.clear();
  next_ = 0;
}

void GatewayExchange::deliver(sim::Effect effect) {
  if (std::holds_alternative<sim::Cancel>(effect)) {
    effects_.clear();  // of an attempt that had not even begun
    next_ = 0;
    ++cancels_;
    return give_up();
  }
  effects_.push_back(std::move(effect));
}

sim::Effect GatewayExchange::take() {
  PINPROOF_CHECK(has_effect(), "no effect of {} is left", effects_.size());
  return std::move(effects_[next_++]);
}

mock_upstream::Task<> GatewayExchange::wait() {
  mock_upstream::Wakeup wakeup;
  waiting_ = &wakeup;
  co_await wakeup.wait();
}

void GatewayExchange::wake() {
  if (waiting_ != nullptr) std::exchange(waiting_, nullptr)->fire();
}

void GatewayExchange::give_up() {
  if (link_) link_->close();
  link_.reset();
}

}  // namespace pinproof::conformance
