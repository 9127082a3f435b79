#include "conformance/judge/facts/candidates.h"

#include <fmt/format.h>

namespace pinproof::conformance {

const std::vector<std::string>& Candidates::matching(const Asked& asked) {
  const sim::ExitFilter& where = asked.where;
  const std::string name = fmt::format("{}/{}/{}/{}/{}", where.type ? sim::to_string(*where.type) : "", where.region,
                                       where.state, where.city, where.asn.value_or(0));
  const auto known = by_ask_.find(name);
  if (known != by_ask_.end()) return known->second;
  std::vector<std::string> addresses;
  for (const sim::Exit& exit : header_.exits) {
    if (where.matches(exit)) addresses.push_back(exit.address);
  }
  return by_ask_.emplace(name, std::move(addresses)).first->second;
}

std::size_t Candidates::up(const Asked& asked, Moment from, Moment to) {
  const std::vector<std::string>& all = matching(asked);
  return all.size() - (log_.empty() ? 0 : log_.count_down_throughout(all, from, to));
}

}  // namespace pinproof::conformance
