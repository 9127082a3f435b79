#include "conformance/explore/breaches.h"

#include <algorithm>
#include <tuple>

namespace pinproof::conformance {
namespace {

bool comes_before(const Breach& left, const Breach& right) {
  return std::tie(left.origin, left.requirement, left.signature) <
         std::tie(right.origin, right.requirement, right.signature);
}

}  // namespace

std::string words_of(const CaseOrigin& origin) {
  return origin.drawn ? "case " + std::to_string(origin.number) : "case " + origin.entry + " of the corpus";
}

bool Breaches::wants(const std::string& requirement, const std::string& signature, const CaseOrigin& origin) const {
  const auto known = first_.find({requirement, signature});
  return known == first_.end() || origin < known->second.origin;
}

// One that goes has as many before it as are kept, and they only get earlier: it would have gone in the end in any case.
void Breaches::offer(Breach breach) {
  if (!wants(breach.requirement, breach.signature, breach.origin)) return;
  std::pair key{breach.requirement, breach.signature};
  first_.insert_or_assign(std::move(key), std::move(breach));
  if (first_.size() <= kBreachesMax) return;
  first_.erase(std::max_element(first_.begin(), first_.end(), [](const auto& left, const auto& right) {
    return comes_before(left.second, right.second);
  }));
}

void Breaches::offer(const Breaches& others) {
  for (const auto& [key, breach] : others.first_) offer(breach);
}

std::vector<Breach> Breaches::ordered() const {
  std::vector<Breach> all;
  for (const auto& [key, breach] : first_) all.push_back(breach);
  std::sort(all.begin(), all.end(), comes_before);
  return all;
}

}  // namespace pinproof::conformance
