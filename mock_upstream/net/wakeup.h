// One coroutine waits for one thing that something else will say: a deadline of the clock, a release, the peer's going.
//
// fire() resumes the waiter before it returns, so that what follows happens at the instant that fired it, and not after the clock
// has moved on. Who calls it while walking a list has to expect the list to change.
#pragma once

#include <boost/asio/async_result.hpp>
#include <memory>
#include <utility>

#include "mock_upstream/net/task.h"

namespace pinproof::mock_upstream {

class Wakeup {
 public:
  Wakeup() = default;
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  bool fired() const { return fired_; }

  /// At once when it was fired already. One waiter at a time.
  Task<> wait() {
    if (fired_) co_return;
    auto keep = [this](auto handler) { waiter_ = std::make_unique<Handler<decltype(handler)>>(std::move(handler)); };
    co_await asio::async_initiate<asio::use_awaitable_t<Executor>, void()>(keep, token_);
  }

  /// Wakes the waiter, or the next to come. More than once is as once.
  void fire() {
    fired_ = true;
    if (auto waiter = std::move(waiter_)) waiter->resume();
  }

 private:
  struct Waiter {
    virtual ~Waiter() = default;
    virtual void resume() = 0;
  };

  template <class Resume>
  struct Handler final : Waiter {
    explicit Handler(Resume resume_with) : resume_(std::move(resume_with)) {}
    void resume() override { std::move(resume_)(); }
    Resume resume_;
  };

  asio::use_awaitable_t<Executor> token_;
  std::unique_ptr<Waiter> waiter_;
  bool fired_ = false;
};

}  // namespace pinproof::mock_upstream
