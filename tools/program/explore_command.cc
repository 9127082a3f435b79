#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/explore/exploration_json.h"
#include "conformance/explore/explorer.h"
#include "conformance/explore/scaled.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/simulated_target.h"
#include "sim/core/json_reader.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/defendant.h"
#include "tools/program/explore_report.h"
#include "tools/program/interrupt.h"
#include "tools/program/output_folder.h"
#include "tools/program/progress.h"
#include "tools/program/result_output.h"
#include "tools/program/selection.h"
#include "tools/program/subcommands.h"
#include "tools/program/subject.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

using conformance::Counterexample;
using conformance::DialectExploration;
using conformance::ExploreTargets;

/// Whom cases are played on, by dialect; and the model that they are shrunk on, which a profile has none of.
struct Hunt {
  std::unique_ptr<Subject> subject;
  std::optional<Defendant> model;
};

std::variant<Hunt, NoSubject> load_hunt(const ExploreCommandOptions& options, const Data& data, Streams& streams) {
  auto loaded = load_subject(
      {options.target, options.dialect, options.rules, options.deviate, options.readings, std::nullopt}, data, streams);
  if (auto* const none = std::get_if<NoSubject>(&loaded)) return std::move(*none);
  Hunt hunt{std::get<std::unique_ptr<Subject>>(std::move(loaded)), std::nullopt};
  if (options.target != "sim" && options.target != "lab") return hunt;
  DefendantOptions of_model;
  of_model.dialect = options.dialect;
  of_model.rules = options.rules;
  of_model.deviate = options.deviate;
  of_model.readings = options.readings;
  auto model = Defendant::load(of_model, data);
  if (auto* const message = std::get_if<std::string>(&model)) return NoSubject{kInputError, {std::move(*message)}};
  hunt.model = std::get<Defendant>(std::move(model));
  return hunt;
}

ExploreTargets targets_of(Hunt& hunt, const std::string& target, const std::string& dialect) {
  ExploreTargets targets;
  targets.confirmed = [&hunt, dialect] { return hunt.subject->make(dialect); };
  if (!hunt.model) {
    targets.hunted = targets.model = targets.confirmed;
    return targets;
  }
  const bool scaled = target == "sim";
  targets.model = [&hunt, dialect, scaled] {
    conformance::SimulatedTargetOptions options = hunt.model->targets().at(dialect);
    if (scaled) options = conformance::scaled_down(std::move(options));
    return std::make_unique<conformance::SimulatedTarget>(std::move(options));
  };
  targets.hunted = scaled ? targets.model : targets.confirmed;
  return targets;
}

std::set<std::string> ignored_by(const ExploreCommandOptions& options, const conformance::Catalogue& catalogue) {
  std::set<std::string> ignored = catalogue.minor();
  if (options.set != "extended") return ignored;
  for (const conformance::Requirement& one : catalogue.requirements) {
    const bool decides =
        one.level != conformance::RequirementLevel::kBestEffort && one.level != conformance::RequirementLevel::kMay;
    if (decides) ignored.erase(one.id);
  }
  return ignored;
}

std::string file_name_of(const Counterexample& one) {
  return one.scenario.id.substr(one.scenario.id.rfind('/') + 1) + ".json";
}

/// Files of counterexamples, and by id how to play them again. What cannot be written is said.
std::map<std::string, std::string> write_out(const std::vector<DialectExploration>& explorations,
                                             const ExploreCommandOptions& options, const std::string& json,
                                             Streams& streams, bool& failed) {
  std::map<std::string, std::string> replays;
  if (options.out.empty()) return replays;
  const auto complain_of = [&](const std::string& trouble) {
    if (trouble.empty()) return;
    complain(streams, trouble);
    failed = true;
  };
  auto opened = OutputFolder::open(options.out);
  if (const auto* const message = std::get_if<std::string>(&opened)) {
    complain_of(*message);
    return replays;
  }
  complain_of(std::get<OutputFolder>(opened).write("explore.json", json));
  for (const DialectExploration& one : explorations) {
    if (one.exploration.counterexamples.empty()) continue;
    const std::filesystem::path folder = std::filesystem::path(options.out) / one.dialect / "explore";
    auto inside = OutputFolder::open(folder);
    if (const auto* const message = std::get_if<std::string>(&inside)) {
      complain_of(*message);
      continue;
    }
    for (const Counterexample& found : one.exploration.counterexamples) {
      const std::string name = file_name_of(found);
      complain_of(std::get<OutputFolder>(inside).write(name, conformance::scenario_to_json(found.scenario)));
      replays[found.scenario.id] = text_of({(folder / name).string(), found.scenario.seed.value_or(1), options.target,
                                            options.rules, options.deviate, options.readings});
    }
  }
  return replays;
}

}  // namespace

int run(const ExploreCommandOptions& options, Streams& streams) {
  const Data data = load_data();
  for (const std::string& id : options.requirements) {
    if (data.catalogue.find(id) == nullptr)
      return refuse(streams, "--requirement " + sim::in_quotes(id) + " is none that the catalogue knows");
  }
  auto loaded = load_hunt(options, data, streams);
  if (const auto* const none = std::get_if<NoSubject>(&loaded)) {
    for (const std::string& message : none->messages) complain(streams, message);
    return none->code;
  }
  auto& hunt = std::get<Hunt>(loaded);

  const auto begun = std::chrono::steady_clock::now();
  const auto elapsed = [begun] { return std::chrono::steady_clock::now() - begun; };
  conformance::ExploreOptions search;
  search.seed = options.seed;
  search.cases = options.cases;
  search.shard = options.shard;
  search.shards = options.shards;
  search.keep_going = options.keep_going;
  search.program = "pinproof " + std::string(kVersion);
  search.drawing.commands_max = options.commands;
  search.stop = &listen_for_interrupts();
  if (options.requirements.empty()) {
    search.ignored = ignored_by(options, data.catalogue);
  } else {
    search.wanted.insert(options.requirements.begin(), options.requirements.end());
  }
  search.jobs = options.jobs == 0 && options.target != "sim" ? 1 : jobs_of(options.jobs);
  if (hunt.subject->is_shared()) search.jobs = 1;
  // A real gateway is not asked thousands of times for one counterexample.
  if (!hunt.model) search.shrinking.tries_max = 60;

  const std::vector<std::string> dialects = hunt.subject->dialects();
  streams.err << "pinproof: seed " << options.seed << ", " << options.cases << " cases a dialect of up to "
              << options.commands << " commands, shard " << options.shard << "/" << options.shards << ", target "
              << options.target << " (" << hunt.subject->rules_names() << ")\n";
  std::vector<DialectExploration> explorations;
  bool interrupted = false;
  bool harness_failed = false;
  bool lacking = false;
  std::size_t found = 0;
  for (const std::string& dialect : dialects) {
    if (!options.dialect.empty() && dialect != options.dialect) continue;
    const ExploreTargets targets = targets_of(hunt, options.target, dialect);
    const auto described = targets.hunted();
    if (options.time) {
      const auto until = begun + *options.time * static_cast<int>(explorations.size() + 1) /
                                     static_cast<int>(options.dialect.empty() ? dialects.size() : 1);
      search.out_of_time = [until] { return std::chrono::steady_clock::now() >= until; };
    }
    Progress progress(
        streams.err, streams.progress,
        static_cast<std::size_t>((options.cases + conformance::kCasesABlock - 1) / conformance::kCasesABlock));
    search.on_block = [&](const conformance::Coverage& so_far, std::size_t broken) {
      progress.done(dialect + ": " + std::to_string(so_far.cases) + " cases, " + std::to_string(broken) + " findings");
    };
    DialectExploration one{dialect, conformance::small_world(described->description()), {}, {}};
    one.exploration = conformance::explore(targets, data.catalogue, search);
    one.unreached = conformance::unreached(one.exploration.coverage, one.world,
                                           conformance::exercisable(data.catalogue, described->description()));
    interrupted = interrupted || !one.exploration.complete;
    harness_failed = harness_failed || !one.exploration.troubles.empty();
    lacking = lacking || !one.unreached.empty();
    found += one.exploration.counterexamples.size();
    explorations.push_back(std::move(one));
    if (found > 0 && !options.keep_going) break;
  }

  const std::string json = conformance::to_json(explorations, search, std::string(kVersion));
  bool unwritten = false;
  const auto replays = write_out(explorations, options, json, streams, unwritten);
  const double seconds = std::chrono::duration<double>(elapsed()).count();
  streams.out << (options.json ? json
                               : explore_report(explorations, replays, seconds, {streams.colour, streams.width}));
  if (found > 0 || (options.require_coverage && lacking)) return kPromiseBroken;
  return interrupted || harness_failed || unwritten ? kCouldNotRun : kNothingUnexpected;
}

}  // namespace pinproof::program
