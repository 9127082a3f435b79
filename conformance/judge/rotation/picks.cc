#include "conformance/judge/rotation/picks.h"

#include <fmt/format.h>

#include <algorithm>

namespace pinproof::conformance {

Picks::Place& Picks::place_of(std::string_view name) {
  if (const auto known = places_.find(name); known != places_.end()) return known->second;
  if (places_.size() >= kPlacesMax) conclude();
  Place& place = places_[std::string(name)];
  place.block = ++blocks_;
  return place;
}

void Picks::add(const Pool& pool, const RotationTrial& trial, const std::string& exit, Before& before,
                std::uint64_t by) {
  Place& place = place_of(pool.place);
  place.unlisted = place.unlisted || !pool.listed;
  if (place.alone == 0) place.only = exit;
  if (place.only != exit) place.only.clear();
  ++place.alone;
  place.last = by;
  place.trial = &trial;
  ++place.picks;
  ++place.shares[exit];
  // A list that has the exit and no other says that there is nothing to choose from.
  const bool nothing_else = pool.listed && pool.up <= 1;
  if (!before.exit.empty() && !nothing_else) {
    const double even = pool.up == 0 ? 0.0 : 1.0 / static_cast<double>(pool.up);
    place.trials.push_back({&trial, before.exit, before.block == place.block, even, before.exit == exit, by});
  }
  before = {exit, by, place.block};
  if (place.picks == kBlock) count(place);
}

void Picks::count(Place& place) {
  const double all = static_cast<double>(place.picks);
  for (const Trial& trial : place.trials) {
    const auto share = place.shares.find(trial.before);
    double chance = share == place.shares.end() ? 0.0 : static_cast<double>(share->second) / all;
    // A pick is not followed by itself: the others of its exit are left.
    if (trial.inside) chance = all > 1 ? (chance * all - 1) / (all - 1) : 1.0;
    if (!place.unlisted) chance = std::max(trial.even, std::min(chance, kShareMax));
    // Where nothing else was picked, a repeat tells nothing.
    if (chance >= 1) continue;
    tally_.count(trial.trial->requirement, trial.trial->counted, chance, trial.repeated, trial.by);
  }
  place.trials.clear();
  place.shares.clear();
  place.picks = 0;
  place.block = ++blocks_;
}

void Picks::finish(Place& place) {
  count(place);
  if (!place.unlisted || place.only.empty() || place.alone < kAloneTells) return;
  Holdings holdings;
  left_open(holdings, place.trial->requirement,
            fmt::format("{} connections in a row went through {}; whether its pool has another exit is not known",
                        place.alone, place.only));
  tally_.take(holdings, place.last);
}

void Picks::conclude() {
  for (auto& [name, place] : places_) finish(place);
  places_.clear();
}

}  // namespace pinproof::conformance
