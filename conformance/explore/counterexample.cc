#include "conformance/explore/counterexample.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "conformance/explore/lower.h"
#include "conformance/explore/story_words.h"
#include "conformance/scenario/limits.h"
#include "sim/core/digest.h"

namespace pinproof::conformance {
namespace {

// A scenario's seed is an integer of JSON, of 63 bits.
std::uint64_t seed_of(std::uint64_t run_seed) { return run_seed & (UINT64_MAX >> 1U >> 1U); }

// How often another seed is tried, where the failure was a matter of which exits were picked.
constexpr std::uint64_t kSeedsTried = 64;

const Finding* failure_of(const Judgement& judgement, const std::string& requirement) {
  const auto found = std::find_if(judgement.findings.begin(), judgement.findings.end(), [&](const Finding& finding) {
    return finding.verdict == Verdict::kFail && finding.requirement == requirement;
  });
  return found == judgement.findings.end() ? nullptr : &*found;
}

class Trial {
 public:
  Trial(const std::string& id, const std::string& requirement, CasePlayer& model, const SmallWorld& world)
      : id_(id), requirement_(requirement), model_(model), world_(world) {}

  bool shows(const Commands& commands, std::uint64_t seed) {
    ++tries;
    Lowered lowered = lower(commands, world_);
    lowered.scenario.id = id_;
    const Played played = model_.play(lowered.scenario, seed);
    lost_in_a_row_ = played.lost.empty() ? 0 : lost_in_a_row_ + 1;
    if (lost_in_a_row_ == kLostInARow) throw TargetLost(played.lost);
    return failure_of(played.judgement, requirement_) != nullptr;
  }

  std::size_t tries = 0;

 private:
  const std::string& id_;
  const std::string& requirement_;
  CasePlayer& model_;
  const SmallWorld& world_;
  std::size_t lost_in_a_row_ = 0;
};

struct Small {
  Commands commands;
  std::uint64_t seed = 0;
  std::size_t tries = 0;
  bool reproduced = false;  // otherwise nothing was made smaller
};

Small made_small(const Breach& breach, const std::string& id, std::uint64_t run_seed, CasePlayer& player,
                 const SmallWorld& world, const ShrinkOptions& shrinking) {
  Trial trial(id, breach.requirement, player, world);
  const std::uint64_t first = seed_of(run_seed);
  Small small{breach.commands, first, 0, false};
  while (small.seed < first + kSeedsTried && !trial.shows(breach.commands, small.seed)) ++small.seed;
  small.reproduced = small.seed < first + kSeedsTried;
  if (small.reproduced) {
    small.commands = shrink(
        std::move(small.commands), world, [&](const Commands& tried) { return trial.shows(tried, small.seed); },
        shrinking);
  }
  small.tries = trial.tries;
  return small;
}

/// The case as scenarios for the target, of which one should show it. Where the model's cap is scaled down, sessions created one by one
/// reach it there and not here: then as many as it was scaled down by are created first, by one account or another.
std::vector<Scenario> tellings(const Commands& commands, const SmallWorld& world, const SmallWorld& target_world) {
  std::vector<Scenario> scenarios{lower(commands, target_world, true).scenario};
  if (target_world.session_cap <= world.session_cap || !world.has_api) return scenarios;
  for (const Client& client : target_world.clients) {
    if (client.actor == "worker") continue;  // of the first one's account
    Scenario scenario = lower(commands, world, true).scenario;
    ApiStep before;
    before.label = "before";
    before.actor = client.actor;
    before.operation = ApiOperation::kCreate;
    before.count = target_world.session_cap - world.session_cap;
    if (client.actor != "client" || client.account != "one") scenario.actors.emplace(client.actor, client.account);
    scenario.steps.insert(scenario.steps.begin(), Step{DoStep{before}, "", ""});
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) scenario.steps[i].pointer = "/steps/" + std::to_string(i);
    scenarios.push_back(std::move(scenario));
  }
  return scenarios;
}

std::string producer_of(const Breach& breach, const CounterexampleOptions& options) {
  return options.program + " explore --seed " + std::to_string(options.seed) +
         (options.corpus.empty() ? "" : " with corpus " + options.corpus) + ", " + words_of(breach.origin);
}

Counterexample untold(const Breach& breach) {
  Counterexample found;
  found.requirement = breach.requirement;
  found.signature = breach.signature;
  found.origin = breach.origin;
  found.commands = breach.commands.size();
  return found;
}

void tell(Scenario& scenario, const Catalogue& catalogue, const std::string& requirement, const Readings& readings,
          const std::string& reason) {
  const Requirement* const broken = catalogue.find(requirement);
  scenario.requirements = {requirement};
  if (broken == nullptr) return;
  scenario.title = title_of(scenario, *broken);
  for (const std::string& reading : broken->readings) {
    if (const auto value = readings.find(reading); value != readings.end())
      scenario.when.push_back({reading, {value->second}});
  }
  if (!scenario.steps.empty()) scenario.steps.back().note = ("Seen: " + reason).substr(0, kTextMax);
}

}  // namespace

std::string signature_of(const std::string& reason) {
  std::string kept;
  std::string word;
  const auto flush = [&] {
    const bool varies = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    kept += varies ? "#" : word;
    word.clear();
  };
  for (const char c : reason) {
    if (c == ' ' || c == ',') {
      flush();
      kept += c;
    } else {
      word += c;
    }
  }
  flush();
  sim::Digest digest;
  digest.add(kept);
  return digest.hex().substr(0, 8);
}

std::string id_of(const std::string& dialect, const std::string& requirement, const std::string& signature) {
  std::string name = requirement;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return dialect + "/explore/" + name + "-" + signature;
}

void tell_apart(std::vector<Counterexample>& all) {
  std::sort(all.begin(), all.end(), [](const Counterexample& left, const Counterexample& right) {
    return std::tie(left.origin, left.requirement, left.signature) <
           std::tie(right.origin, right.requirement, right.signature);
  });
  std::map<std::pair<std::string, std::string>, std::string> told;  // by requirement and title
  for (Counterexample& one : all) {
    const auto [first, fresh] = told.try_emplace({one.requirement, one.scenario.title}, one.scenario.id);
    one.same_as = fresh ? "" : first->second;
  }
}

Counterexample as_it_was_found(const Breach& breach, const SmallWorld& world, const Readings& readings,
                               const Catalogue& catalogue, const CounterexampleOptions& options,
                               const std::string& why) {
  Counterexample found = untold(breach);
  found.scenario = lower(breach.commands, world, true).scenario;
  found.scenario.id = id_of(world.dialect, breach.requirement, breach.signature);
  found.scenario.seed = seed_of(options.seed);
  found.scenario.produced_by = producer_of(breach, options);
  found.reason = "It could not be played again: " + why;
  tell(found.scenario, catalogue, breach.requirement, readings, found.reason);
  return found;
}

Counterexample counterexample_of(const Breach& breach, CasePlayer& model, const SmallWorld& world, CasePlayer& target,
                                 const SmallWorld& target_world, const Catalogue& catalogue,
                                 const CounterexampleOptions& options) {
  Counterexample found = untold(breach);
  const std::string id = id_of(world.dialect, breach.requirement, breach.signature);
  const auto small = [&](CasePlayer& player, const SmallWorld& its_world, const ShrinkOptions& shrinking) {
    return made_small(breach, id, options.seed, player, its_world, shrinking);
  };
  const auto confirm = [&](const Small& one, const SmallWorld& its_world) {
    found.reproduced = one.reproduced;
    for (Scenario& scenario : tellings(one.commands, its_world, target_world)) {
      scenario.id = id;
      scenario.seed = one.seed;
      scenario.produced_by = producer_of(breach, options);
      scenario.requirements = {breach.requirement};
      const Judgement judgement = target.play_strictly(scenario, one.seed);
      const Finding* const failure = failure_of(judgement, breach.requirement);
      found.confirmed = failure != nullptr;
      if (!found.confirmed && judgement.verdict == Verdict::kHarnessError) throw TargetLost(judgement.reason);
      if (!found.confirmed && !found.scenario.id.empty()) continue;
      found.reason = found.confirmed ? failure->reason : judgement.reason;
      found.scenario = std::move(scenario);
      if (found.confirmed) break;
    }
  };
  const Small on_model = small(model, world, options.shrinking);
  found.tries = on_model.tries;
  confirm(on_model, world);
  // What only sockets show the model knows nothing of, and nothing was made smaller there.
  if (options.on_target && !(on_model.reproduced && found.confirmed)) {
    const Small on_target = small(target, target_world, *options.on_target);
    const Counterexample whole = found;
    if (on_target.reproduced) {
      found.scenario = {};
      confirm(on_target, target_world);
      if (whole.confirmed && !found.confirmed) found = whole;
    }
    found.tries = on_model.tries + on_target.tries;
  }
  tell(found.scenario, catalogue, breach.requirement, target.target().description().readings, found.reason);
  return found;
}

}  // namespace pinproof::conformance
