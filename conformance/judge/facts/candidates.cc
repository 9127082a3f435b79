#include "conformance/judge/facts/candidates.h"

#include <algorithm>

namespace pinproof::conformance {

const std::vector<std::string>& Candidates::matching(const Asked& asked) {
  const auto known = by_place_.find(asked.place);
  if (known != by_place_.end()) return known->second;
  if (by_place_.size() == kPlacesMax) by_place_.clear();
  std::vector<std::string> addresses;
  for (const sim::Exit& exit : header_.exits) {
    if (asked.where.matches(exit)) addresses.push_back(exit.address);
  }
  std::sort(addresses.begin(), addresses.end());
  return by_place_.emplace(asked.place, std::move(addresses)).first->second;
}

std::size_t Candidates::down(const std::vector<std::string>& matching, Moment from, Moment to) const {
  const auto down = log_.down_throughout(from, to);
  const auto matches = [&](const std::string* exit) {
    return std::binary_search(matching.begin(), matching.end(), *exit);
  };
  return static_cast<std::size_t>(std::count_if(down.begin(), down.end(), matches));
}

std::size_t Candidates::up(const Asked& asked, Moment from, Moment to) {
  const std::vector<std::string>& all = matching(asked);
  return all.size() - down(all, from, to);
}

}  // namespace pinproof::conformance
