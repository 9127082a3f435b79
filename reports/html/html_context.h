// What the parts of the HTML report need to know of one another: how the anchors of a run are called, where the timeline of a scenario is, and
// which of its observations prove what.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"

namespace pinproof::reports {

/// Why an observation of a scenario is evidence.
struct HtmlAccusation {
  std::string requirement;
  std::string verdict;  // fail, inconclusive
  std::string reason;
  bool last = false;  // of the observations that prove it together: where it broke
};

class HtmlContext {
 public:
  /// Of one run of a report, by its index; the report outlives this.
  HtmlContext(const Report& report, std::size_t run);

  const Report& report() const { return report_; }
  const Result& result() const { return report_.results[run_]; }
  std::size_t run() const { return run_; }

  /// Ids, without "#". Those of the first run are bare, so that a link to a verdict outlives other runs beside it.
  std::string requirement(std::string_view id) const;
  std::string scenario(std::string_view id) const;
  std::string exchange(std::string_view scenario, std::uint64_t observation) const;
  std::string section(std::string_view name) const;

  bool has_scenario(const std::string& id) const { return scenarios_.contains(id); }
  bool has_requirement(const std::string& id) const { return requirements_.contains(id); }
  const Timeline* timeline(const std::string& scenario) const;
  /// By observation.
  const std::map<std::uint64_t, std::vector<HtmlAccusation>>& accusations(const std::string& scenario) const;

 private:
  std::string prefixed(std::string anchor) const;

  const Report& report_;
  std::size_t run_;
  std::set<std::string> scenarios_;
  std::set<std::string> requirements_;
  std::map<std::string, const Timeline*> timelines_;
  std::map<std::string, std::map<std::uint64_t, std::vector<HtmlAccusation>>> accusations_;
};

}  // namespace pinproof::reports
