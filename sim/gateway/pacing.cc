#include "sim/gateway/pacing.h"

#include <algorithm>

#include "sim/http/target.h"

namespace pinproof::sim {
namespace {

// Where rules have no ceiling: a year, so that no number of requests leaves the timeline.
constexpr Duration kDelayMax = std::chrono::hours(24 * 365);

}  // namespace

Duration Pacer::delay_of(std::string_view host) const {
  const DomainDelay* narrowest = nullptr;
  for (const DomainDelay& candidate : rules_.domains) {
    if (!within_domain(host, candidate.domain)) continue;
    if (narrowest == nullptr || candidate.domain.size() > narrowest->domain.size()) narrowest = &candidate;
  }
  return narrowest == nullptr ? rules_.delay : narrowest->delay;
}

Pacer::Lane& Pacer::lane_of(ExitId exit, std::string_view host, std::uint64_t session, Instant now) {
  if (rules_.scope == PacingScope::kGateway) exit = ExitId{0};
  if (rules_.scope == PacingScope::kExit || rules_.scope == PacingScope::kGateway ||
      (rules_.scope == PacingScope::kSession && session == 0)) {
    if (index_of(exit) >= by_exit_.size()) by_exit_.resize(index_of(exit) + 1);
    return by_exit_[index_of(exit)];
  }
  std::string key = rules_.scope == PacingScope::kSession ? std::to_string(session)
                                                          : std::to_string(index_of(exit)) + ' ' + std::string(host);
  if (const std::uint32_t* lane = keys_.find(key)) return by_key_[*lane].lane;
  if (by_key_.size() >= lanes_to_keep_) forget_free_lanes(now);
  keys_.insert(key, static_cast<std::uint32_t>(by_key_.size()));
  return by_key_.emplace_back(KeyedLane{std::move(key), {}}).lane;
}

// A lane that is free is as good as none, so that what clients ask for does not pile up.
void Pacer::forget_free_lanes(Instant now) {
  std::erase_if(by_key_, [now](const KeyedLane& each) { return each.lane.slot <= now; });
  keys_ = {};
  for (std::size_t i = 0; i < by_key_.size(); ++i) keys_.insert(by_key_[i].key, static_cast<std::uint32_t>(i));
  lanes_to_keep_ = std::max(lanes_to_keep_, 2 * by_key_.size());
}

// A lane that was at the soft limit and, by a fault, does not forget it as soon as it is free.
bool Pacer::recovers(const Lane& lane, Instant now) const {
  return rules_.delay * lane.over >= rules_.soft_limit && now < lane.slot + rules_.recovery;
}

// A request that finds its lane free is not over the limit, and ends whatever had built up (C-PAC-7).
Duration Pacer::delay_by_law(Lane& lane, Duration spacing, Instant now) const {
  const Duration wait = std::max(lane.slot - now, Duration::zero());
  if (wait == Duration::zero()) {
    if (rules_.recovery > Duration::zero() && recovers(lane, now)) return spacing;
    lane.over = 0;
    return wait;
  }
  ++lane.over;
  switch (rules_.law) {
    case PacingLaw::kQueue:
      return wait;
    case PacingLaw::kLinear: {
      const bool far = lane.over > kDelayMax / std::max(spacing, Duration{1});
      return std::max(wait, far ? kDelayMax : spacing * lane.over);
    }
    case PacingLaw::kMultiplicative: {
      Duration grown = spacing;
      for (std::uint32_t i = 1; i < lane.over && grown > Duration::zero() && grown < kDelayMax; ++i) {
        grown = grown > kDelayMax / rules_.growth_percent ? kDelayMax : grown * rules_.growth_percent / 100;
      }
      return std::max(wait, grown);
    }
    case PacingLaw::kNoGrowth:
      return std::min(wait, spacing);
  }
  return wait;
}

Paced Pacer::take(ExitId exit, std::string_view host, std::uint64_t session, Instant now) {
  const Duration spacing = delay_of(host);
  Lane& lane = lane_of(exit, host, session, now);
  const std::uint32_t over_before = lane.over;
  Paced paced;
  paced.delay = delay_by_law(lane, spacing, now);
  if (paced.delay > rules_.ceiling && rules_.over_ceiling == OverCeiling::kRefuse) {
    lane.over = over_before;
    paced.refused = true;
    paced.start = now;
    paced.next = paced.delay;
    return paced;
  }
  paced.delay = std::min(paced.delay, rules_.over_ceiling == OverCeiling::kStillCeiling ? rules_.ceiling : kDelayMax);
  paced.start = now + paced.delay;
  lane.slot = rules_.reset_by_next ? now + spacing : std::max(lane.slot, paced.start + spacing);
  paced.next = lane.slot - now;
  return paced;
}

Instant Pacer::free_at(ExitId exit) const {
  if (rules_.scope == PacingScope::kGateway) exit = ExitId{0};
  return index_of(exit) < by_exit_.size() ? by_exit_[index_of(exit)].slot : kStart;
}

}  // namespace pinproof::sim
