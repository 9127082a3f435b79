// What shows a verdict, as lines of plain text: the promise, how it was read, and where it broke, with the exchanges. For the formats of
// case_list.h, which give a case one block of text.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/result.h"

namespace pinproof::reports {

/// Makes them and watches their size: a case gets a few kilobytes, and all together a few megabytes, since GitLab refuses reports over
/// 30 MB and Jenkins keeps each in memory. Every line is printable UTF-8.
class CaseDetails {
 public:
  static constexpr std::size_t kLineColumnsMax = 400;

  /// Each is empty where there is no room any more.
  std::vector<std::string> of_run(const Result& result);
  std::vector<std::string> of_requirement(const RequirementResult& row, const Result& result);
  std::vector<std::string> of_scenario(const ScenarioResult& row);

 private:
  void begin();
  void line(std::string_view text, std::size_t columns_max = kLineColumnsMax);
  void command(std::string_view what, const std::string& text, std::string_view field);
  void exchanges(const ScenarioResult& scenario, const Evidence& evidence);
  std::vector<std::string> end();
  const ScenarioResult* find_scenario(const Result& result, const std::string& id);

  const Result* indexed_ = nullptr;
  std::map<std::string_view, const ScenarioResult*> scenarios_;  // of that result
  std::vector<std::string> lines_;
  std::size_t bytes_ = 0;      // of the case under way
  std::size_t bytes_all_ = 0;  // of all, as they are written
  bool cut_ = false;
};

/// What a text takes in any of these formats at most: an entity in XML is six bytes.
std::size_t written_bytes(std::string_view text);

}  // namespace pinproof::reports
