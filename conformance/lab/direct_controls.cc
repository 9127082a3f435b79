#include "conformance/lab/direct_controls.h"

#include <algorithm>

namespace pinproof::conformance {

ClockState DirectClock::state() {
  const mock_upstream::Activity& activity = site_->activity;
  ClockState state;
  state.now = site_->clock.now();
  state.next_deadline = site_->clock.next_deadline();
  state.counts = ClockCounts{activity.received, activity.active, activity.held};
  return state;
}

ClockState DirectClock::advance_to(sim::Instant to) {
  site_->clock.advance_to(to);
  return state();
}

bool DirectClock::reset(std::uint64_t seed) {
  if (!reset_) return false;
  reset_(seed);
  return true;
}

void DirectUpstreams::release(const std::string& token) {
  if (!site_->gates.release(token)) throw ControlLost("the origin keeps no more releases");
}

std::vector<mock_upstream::JournalEntry> DirectUpstreams::journal(std::uint64_t since) {
  const auto& entries = site_->journal.entries();
  const auto begin = std::lower_bound(
      entries.begin(), entries.end(), since,
      [](const mock_upstream::JournalEntry& entry, std::uint64_t number) { return entry.sequence < number; });
  return {begin, entries.end()};
}

void DirectUpstreams::reset() {
  exits_.reset();
  site_->gates.reset();
  site_->journal.clear();
}

}  // namespace pinproof::conformance
