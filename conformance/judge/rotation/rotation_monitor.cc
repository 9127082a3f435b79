#include "conformance/judge/rotation/rotation_monitor.h"

#include <fmt/format.h>

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
  if (by_user_.size() > kKept) by_user_.clear();
  Carried& carried = by_connection_[seen.connection];
  RotationStep step{header_, exchange, *asked, {}, {}, carried.by};
  if (seen.inside_tunnel && carried.tunnel) step.tunnel_exit = carried.exit;
  if (seen.connection_reused && carried.user == asked->key && !carried.tunnel) step.connection_exit = carried.exit;
  Holdings holdings;
  for (const RotationRule rule : rotation_rules()) rule(step, holdings);
  for (const Holding& holding : holdings) tally_.add(holding, seen.id);
  if (!asked->sticky() && !seen.inside_tunnel) sample(exchange, *asked, !step.connection_exit);
  carried = {asked->key, exchange.exit, seen.id, seen.via == Via::kConnect};
}

void RotationMonitor::sample(const Exchange& exchange, const Asked& asked, bool first_on_connection) {
  if (!first_on_connection) return;
  const Observation& seen = exchange.seen;
  Carried& before = by_user_[asked.key];
  const std::size_t matching = candidates_.up(asked, exchange.sent(), exchange.ended());
  if (!before.exit.empty() && matching > 1) {
    const bool repeated = before.exit == exchange.exit;
    const RotationTrial& trial = rotation_trial_of(seen);
    tally_.count(trial.requirement, trial.counted, 1.0 / static_cast<double>(matching), repeated, seen.id);
    if (repeated && header_.readings.at("rotation_repeat") == "never") {
      Holdings holdings;
      broken(holdings, trial.requirement, fmt::format("{} again, where no exit may come twice in a row", exchange.exit),
             {before.by}, "rotation_repeat=never");
      tally_.add(holdings.front(), seen.id);
    }
  }
  before = {{}, exchange.exit, seen.id, false};
}

std::vector<Finding> RotationMonitor::conclude() { return tally_.findings(header_.promised); }

}  // namespace pinproof::conformance
