// The judge's monitors as properties, by rapidcheck: no case makes the reference gateway break a promise. RC_PARAMS gives seed, size and
// number of cases. rapidcheck draws the seed and the length of a case; what fails is shrunk by the project's own shrinking, which has a
// budget and ends in a scenario.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <functional>

#include "conformance/explore/draw.h"
#include "conformance/explore/explore_testing.h"
#include "conformance/explore/lower.h"
#include "conformance/explore/rapidcheck_params_testing.h"
#include "conformance/lab/lab_target.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

/// RC_PARAMS as it was given, and from then on as rapidcheck is to read it: it does so once, at its first property.
std::string given_params() {
  static const std::string given = [] {
    const char* const value = std::getenv("RC_PARAMS");
    std::string text = value == nullptr ? "" : value;
    ::setenv("RC_PARAMS", rapidcheck_params(text).text.c_str(), 1);
    return text;
  }();
  return given;
}

/// The seeds of rapidcheck do not shrink: another seed is another case, and no smaller one.
rc::Gen<std::uint64_t> seeds() { return rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()); }

std::unique_ptr<Target> simulated_reference(const std::string& dialect) {
  return std::make_unique<SimulatedTarget>(searched_gateway(dialect));
}

std::unique_ptr<Target> lab_reference(const std::string& dialect) {
  return make_lab_target(shipped_target_options(dialect));
}

void breaks_nothing(Target& target, const std::string& kind, std::uint64_t seed, std::size_t commands_max) {
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
  RC_FAIL(one.reason + "\n" + told(one.scenario, kind));
}

/// That so many cases as were asked for ran, and none of them broke anything: rapidcheck takes a word of RC_PARAMS that it does not know
/// for none, and to have run no case for a success.
void check(const char* name, const std::function<void()>& one_case) {
  const RapidcheckParams params = rapidcheck_params(given_params());
  ASSERT_EQ(params.trouble, "");
  std::size_t played = 0;
  EXPECT_TRUE(rc::check(name, [&] {
    ++played;
    one_case();
  }));
  if (params.is_repeated) return;
  EXPECT_GE(played, params.cases) << "cases that were asked for did not run";
}

TEST(Properties, TheHelodataReferenceBreaksNothing) {
  const auto target = simulated_reference("helodata");
  check("the simulated helodata reference breaks nothing",
        [&] { breaks_nothing(*target, "sim", *seeds(), 2 + static_cast<std::size_t>(*rc::gen::inRange(0, 48))); });
}

TEST(Properties, TheCrawleraReferenceBreaksNothing) {
  const auto target = simulated_reference("crawlera");
  check("the simulated crawlera reference breaks nothing",
        [&] { breaks_nothing(*target, "sim", *seeds(), 2 + static_cast<std::size_t>(*rc::gen::inRange(0, 48))); });
}

// Sockets cost a hundred times as much: short cases.
TEST(Properties, TheHelodataLabBreaksNothing) {
  const auto target = lab_reference("helodata");
  check("the helodata lab breaks nothing", [&] { breaks_nothing(*target, "lab", *seeds(), 8); });
}

TEST(Properties, TheCrawleraLabBreaksNothing) {
  const auto target = lab_reference("crawlera");
  check("the crawlera lab breaks nothing", [&] { breaks_nothing(*target, "lab", *seeds(), 8); });
}

}  // namespace
}  // namespace pinproof::conformance
