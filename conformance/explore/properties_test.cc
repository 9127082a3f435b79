// The judge's monitors as properties, by rapidcheck: no case makes the reference gateway break a promise. RC_PARAMS gives seed, size and
// number of cases. rapidcheck draws the seed and the length of a case; what fails is shrunk by the project's own shrinking, which has a
// budget and ends in a scenario.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>

#include "conformance/explore/draw.h"
#include "conformance/explore/explore_testing.h"
#include "conformance/explore/lower.h"
#include "conformance/lab/lab_target.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

/// The same cases in every run, unless RC_PARAMS says otherwise: rapidcheck would take the clock, and a red test could not be repeated.
const bool kSeeded = ::setenv("RC_PARAMS", "seed=1", 0) == 0;

/// The seeds of rapidcheck do not shrink: another seed is another case, and no smaller one.
rc::Gen<std::uint64_t> seeds() { return rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()); }

std::unique_ptr<Target> simulated_reference(const std::string& dialect) {
  return std::make_unique<SimulatedTarget>(searched_gateway(dialect));
}

std::unique_ptr<Target> lab_reference(const std::string& dialect) {
  return make_lab_target(shipped_target_options(dialect));
}

void breaks_nothing(Target& target, std::uint64_t seed, std::size_t commands_max) {
  const SmallWorld world = small_world(target.description());
  DrawOptions options;
  options.commands_max = commands_max;
  const Commands commands = draw(seed, 0, world, options);
  CasePlayer player(shipped_catalogue(), target);
  Lowered lowered = lower(commands, world);
  lowered.scenario.id = world.dialect + "/explore/property";
  const std::set<std::string> minor = shipped_catalogue().minor();
  const auto failures = [&](const Judgement& judgement) {
    std::vector<const Finding*> found;
    for (const Finding& finding : judgement.findings) {
      if (finding.verdict == Verdict::kFail && !minor.contains(finding.requirement)) found.push_back(&finding);
    }
    return found;
  };
  const Judgement judgement = player.play(lowered.scenario, seed).judgement;
  RC_ASSERT(judgement.verdict != Verdict::kHarnessError);
  if (failures(judgement).empty()) return;
  const Finding& failure = *failures(judgement).front();
  const Breach breach{failure.requirement, signature_of(failure.reason), {}, commands};
  CounterexampleOptions making;
  making.seed = seed;
  making.program = "properties_test";
  const Counterexample one = counterexample_of(breach, player, world, player, world, shipped_catalogue(), making);
  RC_FAIL(one.reason + "\n" + told(one.scenario));
}

RC_GTEST_PROP(Properties, TheHelodataReferenceBreaksNothing, ()) {
  static const auto target = simulated_reference("helodata");
  breaks_nothing(*target, *seeds(), 2 + static_cast<std::size_t>(*rc::gen::inRange(0, 48)));
}

RC_GTEST_PROP(Properties, TheCrawleraReferenceBreaksNothing, ()) {
  static const auto target = simulated_reference("crawlera");
  breaks_nothing(*target, *seeds(), 2 + static_cast<std::size_t>(*rc::gen::inRange(0, 48)));
}

// Sockets cost a hundred times as much: short cases.
RC_GTEST_PROP(Properties, TheHelodataLabBreaksNothing, ()) {
  static const auto target = lab_reference("helodata");
  breaks_nothing(*target, *seeds(), 8);
}

RC_GTEST_PROP(Properties, TheCrawleraLabBreaksNothing, ()) {
  static const auto target = lab_reference("crawlera");
  breaks_nothing(*target, *seeds(), 8);
}

}  // namespace
}  // namespace pinproof::conformance
