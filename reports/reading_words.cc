#include "reports/reading_words.h"

#include <string_view>

namespace pinproof::reports {
namespace {

std::string_view meaning_of(std::string_view reading, const RequirementResult& row, const Result& result) {
  for (const ReadingResult& one : result.readings) {
    const bool speaks_of_it = row.dialect == "both" || one.dialect == row.dialect;
    if (speaks_of_it && reading == one.name + "=" + one.value) return one.means;
  }
  return "";
}

}  // namespace

std::vector<std::string> explained_readings(const RequirementResult& row, const Result& result) {
  constexpr std::string_view kApart = ", ";
  std::vector<std::string> readings;
  std::string_view rest = row.reading;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(kApart));
    rest.remove_prefix(one.size() == rest.size() ? rest.size() : one.size() + kApart.size());
    const std::string_view meaning = meaning_of(one, row, result);
    readings.push_back(std::string(one) + (meaning.empty() ? "" : ": " + std::string(meaning)));
  }
  return readings;
}

}  // namespace pinproof::reports
