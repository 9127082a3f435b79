#include <chrono>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/explore/corpus.h"
#include "conformance/explore/explorer.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/explore_files.h"
#include "tools/program/explore_hunt.h"
#include "tools/program/explore_output.h"
#include "tools/program/explore_progress.h"
#include "tools/program/interrupt.h"
#include "tools/program/selection.h"
#include "tools/program/subcommands.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

using conformance::DialectExploration;
using conformance::ExploreTargets;

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

/// Each dialect's corpus as it is now; or what is wrong in it. Without --corpus none.
std::variant<std::map<std::string, conformance::Corpus>, std::string> load_corpora(
    const ExploreCommandOptions& options, const std::vector<std::string>& dialects, Streams& streams) {
  std::map<std::string, conformance::Corpus> corpora;
  if (options.corpus.empty()) return corpora;
  for (const std::string& dialect : dialects) {
    auto loaded = conformance::load_corpus(options.corpus, dialect);
    if (const auto* const error = std::get_if<sim::InputError>(&loaded)) return "--corpus: " + error->message();
    auto& corpus = std::get<conformance::Corpus>(loaded);
    if (!corpus.skipped.empty()) {
      complain(streams, "--corpus: " + std::to_string(corpus.skipped.size()) + " cases of " + dialect +
                            " are of another generator, as is " + corpus.skipped.front() + ", and are left out");
    }
    corpora.emplace(dialect, std::move(corpus));
  }
  return corpora;
}

conformance::ExploreOptions explore_options(const ExploreCommandOptions& options, const Hunt& hunt,
                                            const conformance::Catalogue& catalogue) {
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
    search.ignored = ignored_by(options, catalogue);
  } else {
    search.wanted.insert(options.requirements.begin(), options.requirements.end());
  }
  search.jobs = options.jobs == 0 && options.target != "sim" ? 1 : jobs_of(options.jobs);
  if (hunt.subject->is_shared()) {
    search.jobs = 1;
    search.cases_a_block = 1;  // a case may take minutes there
  }
  // A real gateway is not asked thousands of times for one counterexample.
  if (!hunt.model) search.shrinking.tries_max = 60;
  // In the lab a try takes some milliseconds.
  if (options.target == "lab") search.on_target = conformance::ShrinkOptions{3'000, std::chrono::seconds(10)};
  return search;
}

DialectExploration explore_one(const std::string& dialect, const ExploreTargets& targets,
                               conformance::ExploreOptions search, const conformance::Catalogue& catalogue,
                               Streams& streams) {
  const auto described = targets.hunted();
  const conformance::SmallWorld world = conformance::small_world(described->description());
  const std::vector<std::string> judged = conformance::exercisable(catalogue, described->description());
  ExploreProgress progress(streams, world, judged);
  search.on_block = [&](const conformance::SoFar& so_far) { progress.show(so_far); };
  DialectExploration one{dialect, conformance::boundary_names(world), {}, {}};
  one.exploration = conformance::explore(targets, catalogue, search);
  one.unreached = conformance::unreached(one.exploration.coverage, world, judged);
  return one;
}

}  // namespace

int run(const ExploreCommandOptions& options, Streams& streams) {
  if (options.merge) return merge_shards(options, load_data(), streams);
  // First of all: whoever presses Ctrl-C while files are read gets an end of the same kind.
  listen_for_interrupts();
  const Data data = load_data();
  auto loaded = load_hunt(options, data, streams);
  if (const auto* const none = std::get_if<NoSubject>(&loaded)) {
    for (const std::string& message : none->messages) complain(streams, message);
    return none->code;
  }
  auto& hunt = std::get<Hunt>(loaded);
  std::vector<std::string> dialects = hunt.subject->dialects();
  if (!options.dialect.empty()) std::erase_if(dialects, [&](const auto& one) { return one != options.dialect; });
  for (const std::string& id : options.requirements) {
    if (const std::string message = unfindable(id, hunt, dialects, data); !message.empty())
      return refuse(streams, message);
  }
  auto corpora = load_corpora(options, dialects, streams);
  if (const auto* const message = std::get_if<std::string>(&corpora)) return refuse(streams, *message);
  // Before hours are spent on what cannot be left anywhere.
  if (const std::string message = unwritable(options, !options.frozen && options.shards == 1); !message.empty())
    return refuse(streams, message);

  const auto begun = std::chrono::steady_clock::now();
  conformance::ExploreOptions search = explore_options(options, hunt, data.catalogue);
  streams.err << "pinproof: seed " << options.seed << ", " << options.cases << " cases a dialect of up to "
              << options.commands << " commands, shard " << options.shard << "/" << options.shards << ", target "
              << options.target << " (" << hunt.subject->rules_names() << ")" << std::endl;
  conformance::ExploreResult result{search_of(options, hunt), options.shard, options.shards, {}};
  for (const std::string& dialect : dialects) {
    if (!options.corpus.empty())
      search.corpus = &std::get<std::map<std::string, conformance::Corpus>>(corpora).at(dialect);
    if (options.time) {
      const auto until =
          begun + *options.time * static_cast<int>(result.dialects.size() + 1) / static_cast<int>(dialects.size());
      search.out_of_time = [until] { return std::chrono::steady_clock::now() >= until; };
    }
    result.dialects.push_back(
        explore_one(dialect, targets_of(hunt, options.target, dialect), search, data.catalogue, streams));
    if (!result.dialects.back().exploration.counterexamples.empty() && !options.keep_going) break;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return hand_over(result, options, took.count(), streams);
}

}  // namespace pinproof::program
