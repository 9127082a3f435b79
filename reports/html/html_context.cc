#include "reports/html/html_context.h"

#include <utility>

#include "reports/html/html_writer.h"

namespace pinproof::reports {

HtmlContext::HtmlContext(const Report& report, std::size_t run) : report_(report), run_(run) {
  for (const Timeline& timeline : report.timelines) {
    if (timeline.result == run) timelines_.emplace(timeline.scenario, &timeline);
  }
  for (const ScenarioResult& scenario : result().scenarios) scenarios_.insert(scenario.id);
  for (const RequirementResult& row : result().requirements) {
    requirements_.insert(row.id);
    if (row.verdict != "fail" && row.verdict != "inconclusive") continue;
    for (const Evidence& evidence : row.evidence) {
      auto& of_scenario = accusations_[evidence.scenario];
      for (const std::uint64_t observation : evidence.observations)
        of_scenario[observation].push_back(
            {row.id, row.verdict, evidence.reason, observation == evidence.observations.back()});
    }
  }
}

std::string HtmlContext::prefixed(std::string anchor) const {
  return run_ == 0 ? std::move(anchor) : "run-" + std::to_string(run_ + 1) + "-" + anchor;
}

std::string HtmlContext::requirement(std::string_view id) const { return prefixed(html_anchor("requirement", id)); }
std::string HtmlContext::scenario(std::string_view id) const { return prefixed(html_anchor("scenario", id)); }
std::string HtmlContext::section(std::string_view name) const { return prefixed(std::string(name)); }

std::string HtmlContext::exchange(std::string_view scenario, std::uint64_t observation) const {
  return prefixed(html_anchor("exchange-" + std::to_string(observation), scenario));
}

const Timeline* HtmlContext::timeline(const std::string& scenario) const {
  const auto found = timelines_.find(scenario);
  return found == timelines_.end() ? nullptr : found->second;
}

const std::map<std::uint64_t, std::vector<HtmlAccusation>>& HtmlContext::accusations(
    const std::string& scenario) const {
  static const std::map<std::uint64_t, std::vector<HtmlAccusation>> kNone;
  const auto found = accusations_.find(scenario);
  return found == accusations_.end() ? kNone : found->second;
}

}  // namespace pinproof::reports
