#include "mock_upstream/net/idle_watch.h"

#include "sim/core/check.h"

namespace pinproof::mock_upstream {

IdleWatch::Watched::Watched(IdleWatch& watch) : watch_(watch) { watch_.add(*this); }

IdleWatch::Watched::~Watched() { watch_.remove(*this); }

void IdleWatch::Watched::expire_within(Duration within) {
  // One tick is under way already, so one more, lest it be early.
  deadline_ = watch_.now_ + static_cast<std::uint64_t>(within / watch_.tick_) + 1;
}

IdleWatch::IdleWatch(const Executor& executor, Duration tick) : timer_(executor), tick_(tick) {
  PINPROOF_CHECK(tick > Duration::zero(), "a tick of {} ms", tick.count());
}

IdleWatch::~IdleWatch() {
  PINPROOF_CHECK(first_ == nullptr, "{} connections outlive their watch", size_);
  *alive_ = false;
}

void IdleWatch::add(Watched& watched) {
  watched.next_ = first_;
  if (first_ != nullptr) first_->previous_ = &watched;
  first_ = &watched;
  ++size_;
  if (!ticking_) tick_later();
}

void IdleWatch::remove(Watched& watched) {
  if (cursor_ == &watched) cursor_ = watched.next_;
  (watched.previous_ != nullptr ? watched.previous_->next_ : first_) = watched.next_;
  if (watched.next_ != nullptr) watched.next_->previous_ = watched.previous_;
  --size_;
  // A program with nothing left to do ends; it does not wait for a tick.
  if (first_ == nullptr) timer_.cancel();
}

void IdleWatch::tick_later() {
  ticking_ = true;
  timer_.expires_after(tick_);
  timer_.async_wait([this, alive = alive_](const Error& error) {
    if (!*alive) return;
    ticking_ = false;
    if (first_ == nullptr) return;
    if (!error) sweep();
    if (first_ != nullptr && !ticking_) tick_later();
  });
}

void IdleWatch::expire_all() {
  for (cursor_ = first_; cursor_ != nullptr;) {
    Watched& watched = *cursor_;
    cursor_ = watched.next_;
    watched.deadline_ = Watched::kNoDeadline;
    watched.expired();
  }
}

void IdleWatch::sweep() {
  ++now_;
  for (cursor_ = first_; cursor_ != nullptr;) {
    Watched& watched = *cursor_;
    cursor_ = watched.next_;
    if (watched.deadline_ > now_) continue;
    watched.deadline_ = Watched::kNoDeadline;
    watched.expired();
  }
}

}  // namespace pinproof::mock_upstream
