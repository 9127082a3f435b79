#include "conformance/judge/pins/arrival_order.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "conformance/judge/facts/span.h"

namespace pinproof::conformance {
namespace {

// Whoever of them came first, there is nothing to tell it by: one order stands for all.
bool alike(const Exchange& left, const Exchange& right) {
  return left.exit == right.exit && left.fate == right.fate && left.announced == right.announced &&
         left.asked->where == right.asked->where;
}

std::uint64_t bit(std::size_t i) { return std::uint64_t{1} << i; }

}  // namespace

void ArrivalOrder::arrange(const PinStates& before, std::vector<ExchangePtr>& exchanges) {
  const bool all_alike = std::all_of(exchanges.begin(), exchanges.end(),
                                     [&](const ExchangePtr& one) { return alike(*one, *exchanges.front()); });
  if (all_alike || right_as_sent(before, exchanges)) return;
  const std::size_t count = exchanges.size();
  earlier_.assign(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      if (span_of(*exchanges[j], Duration{}).before(span_of(*exchanges[i], Duration{}))) earlier_[i] |= bit(j);
    }
  }
  std::vector<Tried> tried(1);
  tried.front().states = before;
  std::vector<Tried> longer;
  for (std::size_t length = 0; length < count; ++length) {
    longer.clear();
    for (const Tried& one : tried) extend(one, exchanges, longer);
    keep_best(longer);
    tried.swap(longer);
  }
  std::vector<ExchangePtr> arranged;
  for (const std::size_t i : tried.front().order) arranged.push_back(exchanges[i]);
  exchanges.swap(arranged);
}

void ArrivalOrder::keep_best(std::vector<Tried>& tried) {
  std::stable_sort(tried.begin(), tried.end(), [](const Tried& left, const Tried& right) {
    return std::tie(left.wrong, left.moves, right.stayed, left.overtakings) <
           std::tie(right.wrong, right.moves, left.stayed, right.overtakings);
  });
  std::map<std::string_view, std::size_t> on_path;
  std::vector<Tried> best;
  for (Tried& one : tried) {
    if (best.size() == kWidth) break;
    const auto same = std::find_if(
        best.begin(), best.end(), [&](const Tried& other) { return other.done == one.done && other.path == one.path; });
    if (same != best.end() || on_path[one.path] == kOnePathWidth) continue;
    ++on_path[one.path];
    best.push_back(one);
  }
  tried.swap(best);
}

bool ArrivalOrder::right_as_sent(const PinStates& before, const std::vector<ExchangePtr>& exchanges) {
  PinStates now = before;
  PinStates next;
  for (const ExchangePtr& exchange : exchanges) {
    ruling_.rule(book_, now, *exchange);
    if (ruling_.broken()) return false;
    book_.adopt(now, ruling_.kept(), *exchange, false, next);
    std::swap(now, next);
  }
  return true;
}

void ArrivalOrder::extend(const Tried& tried, const std::vector<ExchangePtr>& exchanges, std::vector<Tried>& longer) {
  std::vector<const Exchange*> taken;
  for (std::size_t i = 0; i < exchanges.size(); ++i) {
    const Exchange& exchange = *exchanges[i];
    if ((tried.done & bit(i)) != 0 || (earlier_[i] & ~tried.done) != 0) continue;
    const bool again =
        std::any_of(taken.begin(), taken.end(), [&](const Exchange* other) { return alike(exchange, *other); });
    if (again) continue;
    ruling_.rule(book_, tried.states, exchange);
    Tried next;
    next.order = tried.order;
    next.order.push_back(i);
    next.done = tried.done | bit(i);
    next.path = tried.path;
    if (!exchange.exit.empty() && !next.path.ends_with(exchange.exit + ' '))
      next.path.append(exchange.exit).append(1, ' ');
    next.wrong = tried.wrong + (ruling_.broken() ? 1 : 0);
    const bool moved = ruling_.kept().front()->changed();
    next.moves = tried.moves + (moved ? 1 : 0);
    next.stayed = tried.stayed + (moved ? tried.order.size() : 0);
    next.overtakings = tried.overtakings + (taken.empty() ? 0 : 1);
    book_.adopt(tried.states, ruling_.kept(), exchange, ruling_.broken(), next.states);
    taken.push_back(&exchange);
    longer.push_back(std::move(next));
  }
}

}  // namespace pinproof::conformance
