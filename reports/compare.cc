#include "reports/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

namespace pinproof::reports {
namespace {

constexpr std::uint64_t kDriftMinUs = 1000;
constexpr std::uint64_t kDriftOneIn = 10;

bool is_decided(std::string_view verdict) { return verdict == "pass" || verdict == "fail"; }

/// Nothing where it is as it was.
std::optional<Change> change_of(std::string_view before, std::string_view after) {
  if (before == after) return std::nullopt;
  if (before.empty()) return Change::kAdded;
  if (after.empty()) return Change::kRemoved;
  if (after == "fail") return Change::kBroken;
  if (before == "fail" && after == "pass") return Change::kFixed;
  if (is_decided(before)) return Change::kNewlyUntested;
  return is_decided(after) ? Change::kNewlyTested : Change::kOther;
}

const std::string& replay_of(const ScenarioResult& scenario) { return scenario.replay; }
std::string replay_of(const RequirementResult& row) { return row.evidence.empty() ? "" : row.evidence[0].replay; }

template <class Row>
void compare_rows(std::string_view kind, const std::vector<Row>& before, const std::vector<Row>& after,
                  Comparison& comparison) {
  std::map<std::string_view, const Row*> old;
  for (const Row& row : before) old.emplace(row.id, &row);
  const auto add = [&](const Row& shown, std::string_view was, std::string_view is, std::string replay) {
    const auto change = change_of(was, is);
    if (!change) {
      ++comparison.unchanged;
      return;
    }
    comparison.changes.push_back({*change, std::string(kind), shown.id, shown.title, std::string(was), std::string(is),
                                  shown.reason, std::move(replay)});
  };
  for (const Row& row : after) {
    const auto found = old.find(row.id);
    add(row, found == old.end() ? "" : std::string_view(found->second->verdict), row.verdict, replay_of(row));
    if (found != old.end()) old.erase(found);
  }
  for (const Row& row : before) {
    if (old.contains(row.id)) add(row, row.verdict, "", "");
  }
}

/// Readings by dialect and name, where a result that has none says nothing.
std::map<std::string, std::string> readings_of(const Result& result) {
  std::map<std::string, std::string> readings;
  for (const ReadingResult& one : result.readings) {
    readings.emplace("reading " + one.name + " of " + one.dialect, one.value);
  }
  return readings;
}

void compare_facts(const Result& before, const Result& after, std::vector<FactChange>& facts) {
  const auto add = [&](std::string what, const std::string& was, const std::string& is) {
    if (was != is) facts.push_back({std::move(what), was, is});
  };
  const auto rate = [](const Target& target) {
    return fmt::format("{} clock, times {}", target.clock, target.clock_scale);
  };
  add("implementation", before.implementation.name, after.implementation.name);
  add("version of the implementation", before.implementation.version, after.implementation.version);
  add("target", before.target.name + " (" + before.target.kind + ")",
      after.target.name + " (" + after.target.kind + ")");
  add("rules", before.target.rules, after.target.rules);
  add("clock", rate(before.target), rate(after.target));
  add("version of pinproof", before.version, after.version);
  add("seed", std::to_string(before.seed), std::to_string(after.seed));
  add("deciding set", before.set, after.set);
  add("complete", before.complete ? "yes" : "no", after.complete ? "yes" : "no");
  std::map<std::string, std::string> was = readings_of(before);
  for (const auto& [name, value] : readings_of(after)) {
    add(name, was[name], value);
    was.erase(name);
  }
  for (const auto& [name, value] : was) add(name, value, "");
}

void compare_timings(const Result& before, const Result& after, std::vector<TimingDrift>& drifts) {
  if (before.target.clock != after.target.clock) return;
  const std::uint64_t tolerance = before.target.tolerance_us + after.target.tolerance_us;
  std::map<std::string_view, const ScenarioResult*> old;
  for (const ScenarioResult& scenario : before.scenarios) old.emplace(scenario.id, &scenario);
  for (const ScenarioResult& scenario : after.scenarios) {
    const auto found = old.find(scenario.id);
    if (found == old.end()) continue;
    const Timing& was = found->second->timing;
    const Timing& is = scenario.timing;
    if (was.answers == 0 || is.answers == 0) continue;
    const auto add = [&](const char* what, std::uint64_t one, std::uint64_t other) {
      const std::uint64_t apart = std::max(one, other) - std::min(one, other);
      if (apart > std::max({tolerance, kDriftMinUs, one / kDriftOneIn}))
        drifts.push_back({scenario.id, what, one, other});
    };
    add("median", was.median_us, is.median_us);
    add("p95", was.p95_us, is.p95_us);
    add("max", was.max_us, is.max_us);
    add("span", was.span_us, is.span_us);
  }
  const auto part = [](const TimingDrift& drift) {
    const auto was = static_cast<double>(std::max<std::uint64_t>(drift.before_us, 1));
    const auto is = static_cast<double>(std::max<std::uint64_t>(drift.after_us, 1));
    return std::max(was / is, is / was);
  };
  std::stable_sort(drifts.begin(), drifts.end(),
                   [&](const TimingDrift& left, const TimingDrift& right) { return part(left) > part(right); });
}

}  // namespace

Comparison compare(const Result& before, const Result& after) {
  Comparison comparison;
  compare_facts(before, after, comparison.facts);
  compare_rows("requirement", before.requirements, after.requirements, comparison);
  compare_rows("scenario", before.scenarios, after.scenarios, comparison);
  std::stable_sort(comparison.changes.begin(), comparison.changes.end(),
                   [](const VerdictChange& left, const VerdictChange& right) { return left.change < right.change; });
  compare_timings(before, after, comparison.drifts);
  return comparison;
}

std::string_view to_string(Change change) {
  constexpr std::array<std::string_view, 7> kWords = {"broken",  "fixed", "newly untested", "newly tested",
                                                      "changed", "added", "removed"};
  return kWords[static_cast<std::size_t>(change)];
}

}  // namespace pinproof::reports
