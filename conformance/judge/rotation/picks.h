// The picks of rotating connections, and how often chance alone would bring the exit of the one before. A source promises a fresh pick and
// no equal shares, so that the chance is taken from what was picked: of picks that do not depend on each other every order is equally
// likely, and by a random order an exit that stands n times among N picks follows itself (n - 1) times in N - 1. A gateway that holds an
// exit for a while repeats it more often than that, whatever the weights of its pool.
//
// Shares are those of a block of picks for one place, since pools change over hours. One thing no order can tell: an exit that is all there
// is. Where other exits are known to match, no share counts for more than kShareMax; where none is known, it stays open.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "conformance/judge/facts/tally.h"
#include "conformance/judge/rotation/rotation_rules.h"

namespace pinproof::conformance {

class Picks {
 public:
  /// Picks of one place whose shares are reckoned together.
  static constexpr std::size_t kBlock = 256;
  /// The largest share that is granted to one exit of a listed pool: one that is picked more often is hardly picked anew.
  static constexpr double kShareMax = 0.75;
  /// Connections through the only exit of a pool that is not listed, from which on the question is said to be open.
  static constexpr std::uint64_t kAloneTells = 20;

  /// What is known of the pool of a pick.
  struct Pool {
    std::string_view place;  // what the user name asks for
    std::size_t up = 0;      // exits that match and are not known to be down; zero where none is listed
    bool listed = false;     // the exit that was picked is one of those
  };
  /// The pick before it, of the same user name.
  struct Before {
    std::string exit;
    std::uint64_t by = 0;
    std::uint64_t block = 0;
  };

  explicit Picks(Tally& tally) : tally_(tally) {}
  Picks(const Picks&) = delete;
  Picks& operator=(const Picks&) = delete;

  /// `before` is the pick of the same user name, empty at first, and is this one afterwards.
  void add(const Pool& pool, const RotationTrial& trial, const std::string& exit, Before& before, std::uint64_t by);
  /// Counts what is left, and forgets it.
  void conclude();

 private:
  /// Places kept; beyond it all are counted as they are and forgotten, which costs trials and never a verdict.
  static constexpr std::size_t kPlacesMax = 1'000;

  struct Trial {
    const RotationTrial* trial = nullptr;
    std::string before;
    bool inside = false;  // the pick before is one of the block
    double even = 0;      // the chance where all that match are equally likely
    bool repeated = false;
    std::uint64_t by = 0;
  };
  struct Place {
    std::uint64_t block = 0;
    bool unlisted = false;  // an exit came that is not in the list, which therefore is not the pool
    std::uint64_t alone = 0;
    std::string only;  // the one exit that was ever picked; empty: there were several
    std::uint64_t last = 0;
    const RotationTrial* trial = nullptr;
    std::uint64_t picks = 0;  // in this block
    std::unordered_map<std::string, std::uint64_t> shares;
    std::vector<Trial> trials;
  };

  Place& place_of(std::string_view name);
  void count(Place& place);
  void finish(Place& place);

  Tally& tally_;
  std::map<std::string, Place, std::less<>> places_;
  std::uint64_t blocks_ = 0;
};

}  // namespace pinproof::conformance
