#include <memory>
#include <string_view>

#include "tools/program/command_line/common_arguments.h"
#include "tools/program/command_line/numbers.h"
#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Plays generated cases and lets the judge look at them. Stops at the first that breaks a promise, shrinks it, and\n"
    "with --out leaves it as a scenario file. The same seed gives the same file.\n\nExamples:\n  pinproof explore\n"
    "  pinproof explore --deviate helodata-window-slides --out found\n"
    "  pinproof explore --cases 1000000 --keep-going --seed 7 --for 10m\n"
    "  pinproof explore --corpus corpus --cases 100000        begins with what earlier runs kept\n"
    "  pinproof explore --shard 2/8 --keep-going --out shard-2     a share of the cases of one seed\n"
    "  pinproof explore --merge shard-* --out whole           what one run of all shares would have left\n";

// What a merge does not ask for would be left unheard.
void check_merge(const ExploreCommandOptions& options) {
  ExploreCommandOptions others = options;
  others.merge = false;
  others.folders.clear();
  others.out.clear();
  others.corpus.clear();
  others.json = others.require_coverage = false;
  if (!options.merge) {
    if (!options.folders.empty()) refuse_value("explore", options.folders.front(), "options; folders go with --merge");
    return;
  }
  if (options.folders.empty()) refuse_value("--merge", "", "the folders that shards left: --merge shard-1 shard-2");
  if (!(others == ExploreCommandOptions{}))
    refuse_value("--merge", "options of a search", "--out, --corpus, --json and --require-coverage at most");
}

// What a shard keeps has to go somewhere, and not to the corpus that its siblings are reading.
void check_corpus(const ExploreCommandOptions& options) {
  if (options.frozen && options.corpus.empty()) throw BadValue{"--frozen is for a --corpus"};
  if (!options.corpus.empty() && options.shards > 1 && !options.frozen && options.out.empty())
    throw BadValue{"--shard with --corpus needs --out, where what it keeps is left for --merge"};
}

void take_shard(ExploreCommandOptions& options, const std::string& text) {
  const std::size_t slash = text.find('/');
  const std::string_view view(text);
  const std::uint64_t shard = parse_number(view.substr(0, slash)).value_or(0);
  const std::uint64_t shards = slash == std::string::npos ? 0 : parse_number(view.substr(slash + 1)).value_or(0);
  if (shard < 1 || shard > shards) refuse_value("--shard", text, "I/N, with I from 1 to N: 2/8");
  options.shard = shard;
  options.shards = shards;
}

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<ExploreCommandOptions>();
  arguments.text(
      "--target", "sim|lab|PROFILE", options->target,
      "What to search: the reference gateway in simulated time (sim, default) or on real sockets (lab), or a "
      "profile");
  add_dialect(arguments, options->dialect);
  arguments.text("--rules", "FILE", options->rules,
                 "Rules of the gateway under test; what was promised stays as it is");
  add_deviate(arguments, options->deviate);
  add_readings(arguments, options->readings);
  add_seed(arguments, [options](std::uint64_t seed) { options->seed = seed; });
  arguments.number("--cases", 1, UINT32_MAX, "So many cases of each dialect (default 10000)",
                   [options](std::uint64_t cases) { options->cases = cases; });
  arguments.number("--commands", 2, kExploreCommandsMax, "Commands of the longest cases (default 50)",
                   [options](std::uint64_t commands) { options->commands = static_cast<std::size_t>(commands); });
  arguments.duration("--for", "10m", "No longer than that, if the cases take longer",
                     [options](std::chrono::nanoseconds duration) { options->time = duration; });
  arguments.value("--shard", "I/N", "Only this share of the cases",
                  [options](const std::string& text) { take_shard(*options, text); });
  arguments.repeated("--requirement", "ID", options->requirements, "Only what breaks it is a finding; may be repeated");
  arguments.word("--set", {"core", "extended"}, options->set, "Which requirements are looked at (default core)");
  arguments.flag("--keep-going", options->keep_going, "Play all the cases, and gather what differs");
  arguments.flag("--require-coverage", options->require_coverage,
                 "Exit 1 when something was not exercised that can be");
  arguments.text("--out", "DIR", options->out, "Leave counterexamples and explore.json there");
  arguments.text("--corpus", "DIR", options->corpus,
                 "Begin with the cases kept there, make others of them, and keep there what adds to them");
  arguments.flag("--frozen", options->frozen, "Leave the corpus as it is");
  arguments.flag("--merge", options->merge, "Put together what shards left in DIR...");
  arguments.any_positionals("dirs", "DIR", options->folders, "With --merge: the --out of every shard of one run");
  arguments.flag("--json", options->json, "The result as JSON on standard output");
  add_jobs(arguments, "Cases", options->jobs);
  return [options] {
    exclude_each_other(options->rules, options->deviate);
    check_merge(*options);
    check_corpus(*options);
    return Command{*options};
  };
}

}  // namespace

Subcommand explore_subcommand() {
  return {"explore", "Search for a broken promise, and hand back the shortest scenario that shows it", kExamples,
          declare};
}

}  // namespace pinproof::program
