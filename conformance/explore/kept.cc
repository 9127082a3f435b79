#include "conformance/explore/kept.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace pinproof::conformance {
namespace {

bool is_less(const KeptCase& left, const KeptCase& right) {
  return std::pair(left.commands.size(), left.number) < std::pair(right.commands.size(), right.number);
}

}  // namespace

std::vector<KeptCase> kept(std::vector<KeptCase> cases) {
  std::map<std::string, std::size_t> least;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (const std::string& feature : cases[i].features) {
      const auto [entry, fresh] = least.try_emplace(feature, i);
      if (!fresh && is_less(cases[i], cases[entry->second])) entry->second = i;
    }
  }
  std::map<std::uint64_t, std::size_t> chosen;  // by number
  for (const auto& [feature, place] : least) chosen.emplace(cases[place].number, place);
  std::vector<KeptCase> all;
  for (const auto& [number, place] : chosen) all.push_back(std::move(cases[place]));
  return all;
}

std::vector<KeptCase> thinned(const std::vector<KeptCase>& cases) {
  std::vector<const KeptCase*> ordered;
  for (const KeptCase& one : cases) ordered.push_back(&one);
  std::sort(ordered.begin(), ordered.end(),
            [](const KeptCase* left, const KeptCase* right) { return is_less(*left, *right); });
  std::set<std::string> had;
  std::vector<KeptCase> chosen;
  for (;;) {
    const KeptCase* most = nullptr;
    std::ptrdiff_t adds_most = 0;
    for (const KeptCase* const one : ordered) {
      if (static_cast<std::ptrdiff_t>(one->features.size()) <= adds_most) continue;
      const auto adds = std::count_if(one->features.begin(), one->features.end(),
                                      [&](const std::string& feature) { return !had.contains(feature); });
      if (adds <= adds_most) continue;
      most = one;
      adds_most = adds;
    }
    if (most == nullptr) break;
    had.insert(most->features.begin(), most->features.end());
    chosen.push_back(*most);
  }
  std::sort(chosen.begin(), chosen.end(),
            [](const KeptCase& left, const KeptCase& right) { return left.number < right.number; });
  return chosen;
}

void Keeper::know(const std::vector<bool>& features) { known_ = features; }

void Keeper::offer(std::uint64_t number, std::uint64_t play_seed, const Commands& commands,
                   const std::vector<Feature>& features) {
  std::shared_ptr<const Held> held;
  for (const Feature feature : features) {
    if (known_.at(feature)) continue;
    std::shared_ptr<const Held>& best = best_.at(feature);
    if (best != nullptr && std::pair(best->commands.size(), best->number) <= std::pair(commands.size(), number))
      continue;
    if (held == nullptr) held = std::make_shared<const Held>(Held{number, play_seed, commands, features});
    best = held;
  }
}

std::vector<KeptCase> Keeper::take(const FeatureSpace& space) const {
  std::set<std::shared_ptr<const Held>> held;
  for (const auto& best : best_) {
    if (best != nullptr) held.insert(best);
  }
  std::vector<KeptCase> cases;
  for (const auto& one : held) {
    KeptCase kept_case{one->number, one->play_seed, one->commands, {}};
    for (const Feature feature : one->features) {
      if (!known_[feature]) kept_case.features.push_back(space.name(feature));
    }
    std::sort(kept_case.features.begin(), kept_case.features.end());
    cases.push_back(std::move(kept_case));
  }
  return kept(std::move(cases));  // the set was in order of addresses
}

}  // namespace pinproof::conformance
