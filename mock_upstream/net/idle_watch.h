// Ends connections whose peer says nothing for too long, on the wall clock: one timer for all of them, and a number each.
//
// Coarse on purpose: a deadline is kept to a tick, late and never early. So setting one on every read costs a store, and five thousand
// idle connections cost no timer.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "mock_upstream/net/task.h"

namespace pinproof::mock_upstream {

class IdleWatch {
 public:
  using Duration = std::chrono::milliseconds;

  /// Something that can run out of time. It is watched from its making to its end.
  class Watched {
   public:
    explicit Watched(IdleWatch& watch);
    virtual ~Watched();
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    /// `expired()` is called once `within` has passed; what was set before is forgotten.
    void expire_within(Duration within);
    void never_expire() { deadline_ = kNoDeadline; }

   protected:
    virtual void expired() = 0;

   private:
    friend class IdleWatch;
    static constexpr std::uint64_t kNoDeadline = ~std::uint64_t{0};

    IdleWatch& watch_;
    Watched* previous_ = nullptr;
    Watched* next_ = nullptr;
    std::uint64_t deadline_ = kNoDeadline;  // in ticks
  };

  explicit IdleWatch(const Executor& executor, Duration tick = std::chrono::seconds(1));
  ~IdleWatch();
  IdleWatch(const IdleWatch&) = delete;
  IdleWatch& operator=(const IdleWatch&) = delete;

  std::size_t size() const { return size_; }

  /// Ends all that are watched, as when the program stops.
  void expire_all();

 private:
  using Timer =
      asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

  void add(Watched& watched);
  void remove(Watched& watched);
  void tick_later();
  void sweep();

  Timer timer_;
  Duration tick_;
  std::uint64_t now_ = 0;  // in ticks that passed while something was watched
  Watched* first_ = nullptr;
  Watched* cursor_ = nullptr;  // the next that a sweep looks at, since what it ends may end others
  std::size_t size_ = 0;
  bool ticking_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace pinproof::mock_upstream
