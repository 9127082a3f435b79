// Plays a scenario on a target with the judge as the sink, so that no copy of the history is kept.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/history/history_sink.h"
#include "conformance/judge/judge.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

struct Played {
  Judgement judgement;
  std::vector<std::size_t> left_out;  // steps that could not be carried out, by place
  /// Why it could not be played to its end: the target was lost, or nothing could be connected to. Empty: it was.
  std::string lost;
};

/// A target that loses so many cases one after the other is taken to be gone, and the run ends. One that is set back in between may
/// recover.
inline constexpr std::size_t kLostInARow = 3;

class CasePlayer {
 public:
  /// `also`: is told of the history too; null: nobody.
  CasePlayer(const Catalogue& catalogue, Target& target, HistorySink* also = nullptr)
      : catalogue_(catalogue), target_(target), also_(also) {}

  /// A step that cannot be carried out, since what it speaks of did not come about, is left out.
  Played play(const Scenario& scenario, std::uint64_t seed);

  /// As `pinproof replay` plays it: such a step ends the play.
  Judgement play_strictly(const Scenario& scenario, std::uint64_t seed);

  Target& target() { return target_; }

 private:
  const Catalogue& catalogue_;
  Target& target_;
  HistorySink* also_;
  std::set<std::string> minor_ = catalogue_.minor();
};

}  // namespace pinproof::conformance
