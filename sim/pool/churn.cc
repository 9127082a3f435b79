#include "sim/pool/churn.h"

#include <algorithm>

#include "sim/core/check.h"

namespace pinproof::sim {

Churn::Churn(std::size_t exits, const ChurnRates& rates, const Random& random, Instant start)
    : rates_(rates), seed_(random.split("churn").bits()) {
  PINPROOF_CHECK(rates.mean_lifetime > Duration::zero() && rates.mean_absence > Duration::zero(),
                 "churn with a mean lifetime of {} ns and a mean absence of {} ns", rates.mean_lifetime.count(),
                 rates.mean_absence.count());
  changes_.reserve(exits);
  for (std::uint32_t exit = 0; exit < exits; ++exit) changes_.push_back({start + draw(exit, 0), exit, 0});
  std::make_heap(changes_.begin(), changes_.end(), later);
}

ChurnChange Churn::take() {
  PINPROOF_CHECK(!changes_.empty(), "take() of a churn over {} exits", changes_.size());
  std::pop_heap(changes_.begin(), changes_.end(), later);
  Pending& pending = changes_.back();
  const ChurnChange change{pending.at, ExitId{pending.exit}, pending.draws % 2 == 0};
  ++pending.draws;
  pending.at += draw(pending.exit, pending.draws);
  std::push_heap(changes_.begin(), changes_.end(), later);
  return change;
}

bool Churn::later(const Pending& left, const Pending& right) {
  return left.at != right.at ? left.at > right.at : left.exit > right.exit;
}

Duration Churn::draw(std::uint32_t exit, std::uint32_t draws) const {
  // A generator a draw, seeded by what the draw is for: 100,000 generators kept would be 5 MB, and an exit's life would depend on
  // how often the others were asked.
  const std::uint64_t place = std::uint64_t{draws} << 32U | exit;
  Random random(seed_ ^ place * 0x9e3779b97f4a7c15U);
  return random.exponential(draws % 2 == 0 ? rates_.mean_lifetime : rates_.mean_absence);
}

}  // namespace pinproof::sim
