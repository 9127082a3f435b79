#include "conformance/judge/rotation/rotation_monitor.h"

#include <fmt/format.h>

#include <algorithm>

#include "conformance/judge/rotation/rotation_rules.h"

namespace pinproof::conformance {

void RotationMonitor::exchange(const ExchangePtr& shared) {
  const Exchange& exchange = *shared;
  const Asked* const asked = exchange.asked.get();
  const bool answered = exchange.fate == Fate::kServed || exchange.fate == Fate::kCutShort;
  if (asked == nullptr || !asked->breaks.empty() || !answered || exchange.exit.empty()) return;
  const Observation& seen = exchange.seen;
  const bool tunnels = seen.inside_tunnel || seen.via == Via::kConnect;
  if (asked->sticky() && !tunnels) return;  // the rules of pinned sessions speak of it
  if (by_connection_.size() > kKept) by_connection_.clear();
  if (by_connection_and_user_.size() > kKept) by_connection_and_user_.clear();
  if (by_user_.size() > kKept) by_user_.clear();
  Carried& carried = by_connection_[seen.connection];
  Carried& own = carried_for(*asked, seen);
  RotationStep step{header_, exchange, *asked, {}, {}, carried.by};
  if (seen.inside_tunnel && carried.tunnel) step.tunnel_exit = carried.exit;
  if (seen.connection_reused && !own.exit.empty() && !carried.tunnel) step.connection_exit = own.exit;
  for (const RotationRule rule : rotation_rules()) rule(step, holdings_);
  tally_.take(holdings_, seen.id);
  // Of what comes first on a connection that others have used, nothing is promised.
  if (!asked->sticky() && !seen.inside_tunnel && !seen.connection_reused) sample(exchange, *asked);
  carried = {exchange.exit, seen.id, seen.via == Via::kConnect};
  own = carried;
}

RotationMonitor::Carried& RotationMonitor::carried_for(const Asked& asked, const Observation& seen) {
  key_.assign(seen.connection).append(1, '\n').append(asked.key);
  return by_connection_and_user_[key_];
}

void RotationMonitor::sample(const Exchange& exchange, const Asked& asked) {
  const Observation& seen = exchange.seen;
  const RotationTrial& trial = rotation_trial_of(seen);
  const std::vector<std::string>& matching = candidates_.matching(asked);
  const bool listed = std::binary_search(matching.begin(), matching.end(), exchange.exit);
  const std::size_t up = candidates_.up(asked, exchange.sent(), exchange.ended());
  Picks::Before& before = by_user_[asked.key];
  if (before.exit == exchange.exit && up > 1 && header_.readings.at("rotation_repeat") == "never") {
    broken(holdings_, trial.requirement, fmt::format("{} again, where no exit may come twice in a row", exchange.exit),
           {before.by}, "rotation_repeat=never");
    tally_.take(holdings_, seen.id);
  }
  picks_.add({asked.place, up, listed}, trial, exchange.exit, before, seen.id);
}

std::vector<Finding> RotationMonitor::conclude() {
  picks_.conclude();
  return tally_.findings(header_.promised);
}

}  // namespace pinproof::conformance
