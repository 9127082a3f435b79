// What cases broke, while they are played: of each thing the first case. The same whatever the order and the parts in which cases come.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "conformance/explore/command.h"

namespace pinproof::conformance {

/// Which case of a run: one of the corpus by its name, or one by its number. Those of the corpus come first.
struct CaseOrigin {
  bool drawn = true;
  std::string entry;         // of the corpus
  std::uint64_t number = 0;  // of one that was drawn
  auto operator<=>(const CaseOrigin&) const = default;
};

/// "case 17", "case 1d2c3b4a59687786 of the corpus".
std::string words_of(const CaseOrigin& origin);

/// What a case broke. Two cases that broke the same requirement in the same words, numbers and names aside, found the same thing.
struct Breach {
  std::string requirement;
  std::string signature;  // eight hexadecimal digits
  CaseOrigin origin;
  Commands commands;
};

/// A gateway that words each failure differently is no reason to shrink without end; those with the first cases are shrunk.
inline constexpr std::size_t kBreachesMax = 100;

class Breaches {
 public:
  /// Whether offer() would change anything.
  bool wants(const std::string& requirement, const std::string& signature, const CaseOrigin& origin) const;
  void offer(Breach breach);
  void offer(const Breaches& others);

  std::size_t size() const { return first_.size(); }
  bool empty() const { return first_.empty(); }
  /// In order of their cases, then of requirement and signature.
  std::vector<Breach> ordered() const;

 private:
  std::map<std::pair<std::string, std::string>, Breach> first_;  // by requirement and signature
};

}  // namespace pinproof::conformance
