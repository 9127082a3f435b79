// The cases of a run that are worth keeping: for each feature the least case that has it, by number of commands and then by number. A
// minimum is the same in whatever order and in however many parts it is taken, so shards that know nothing of each other agree on what
// is kept once they are put together: kept(kept(A) and kept(B)) is kept(A and B).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "conformance/explore/command.h"
#include "conformance/explore/feature.h"

namespace pinproof::conformance {

struct KeptCase {
  std::uint64_t number = 0;     // in the run, each of which has one case of it
  std::uint64_t play_seed = 0;  // that it was played with
  Commands commands;
  std::vector<std::string> features;  // all that it has, sorted
  bool operator==(const KeptCase&) const = default;
};

/// Those of `cases` that are the least of some feature, in order of their numbers.
std::vector<KeptCase> kept(std::vector<KeptCase> cases);

/// Fewer of them that together have every feature of all: again and again the one that adds the most, the least of those that add as
/// many. Near the fewest that there are, and a function of nothing but `cases`, in whatever order.
std::vector<KeptCase> thinned(const std::vector<KeptCase>& cases);

/// Keeps while cases are played, by numbers; names come in the end.
class Keeper {
 public:
  explicit Keeper(std::size_t features) : best_(features), known_(features) {}

  /// These are had by the corpus already: no case is kept for them.
  void know(const std::vector<bool>& features);  // by number

  void offer(std::uint64_t number, std::uint64_t play_seed, const Commands& commands,
             const std::vector<Feature>& features);

  std::vector<KeptCase> take(const FeatureSpace& space) const;

 private:
  struct Held {
    std::uint64_t number;
    std::uint64_t play_seed;
    Commands commands;
    std::vector<Feature> features;
  };

  std::vector<std::shared_ptr<const Held>> best_;  // by feature
  std::vector<bool> known_;
};

}  // namespace pinproof::conformance
