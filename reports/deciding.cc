#include "reports/deciding.h"

namespace pinproof::reports {

std::string why_it_does_not_decide(const RequirementResult& requirement, std::string_view deciding_set) {
  if (requirement.level == "best-effort") return "reported, never decides a run";
  if (requirement.set == "extended" && deciding_set != "extended") return "decides only with --set extended";
  return "";
}

bool is_broken(const RequirementResult& requirement, std::string_view deciding_set) {
  return requirement.verdict == "fail" && why_it_does_not_decide(requirement, deciding_set).empty();
}

}  // namespace pinproof::reports
