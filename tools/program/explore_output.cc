#include "tools/program/explore_output.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/explore/exploration_json.h"
#include "conformance/explore/merge.h"
#include "tools/program/again.h"
#include "tools/program/complaints.h"
#include "tools/program/exit_code.h"
#include "tools/program/explore_files.h"
#include "tools/program/explore_report.h"

namespace pinproof::program {
namespace {

using conformance::DialectExploration;
using conformance::ExploreResult;

/// By id, the command that plays a counterexample again. A merge has digests of the files that say who the gateway was, and no command.
std::map<std::string, std::string> replays_of(const ExploreResult& result, const ExploreCommandOptions& options) {
  std::map<std::string, std::string> replays;
  const bool is_known = options.rules.empty() == result.search.rules.empty() &&
                        options.readings.empty() == result.search.readings.empty();
  if (options.out.empty() || !is_known) return replays;
  for (const DialectExploration& one : result.dialects) {
    for (const conformance::Counterexample& found : one.exploration.counterexamples) {
      const std::filesystem::path file = std::filesystem::path(options.out) / file_of(one.dialect, found);
      replays[found.scenario.id] = text_of({file.string(),
                                            found.scenario.seed.value_or(1),
                                            result.search.target,
                                            options.rules,
                                            result.search.deviate,
                                            options.readings,
                                            result.search.set,
                                            {}});
    }
  }
  return replays;
}

bool is_any(const ExploreResult& result, bool (*is)(const DialectExploration&)) {
  return std::any_of(result.dialects.begin(), result.dialects.end(), is);
}

}  // namespace

int hand_over(const ExploreResult& result, const ExploreCommandOptions& options, std::optional<double> seconds,
              Streams& streams) {
  std::vector<std::string> troubles;
  if (!options.out.empty()) troubles = write_out(result, options.out);
  // A shard's siblings are to read the same corpus as it did.
  if (!options.corpus.empty() && !options.frozen && result.shards == 1) {
    std::vector<std::string> more = write_corpus(result, options.corpus);
    troubles.insert(troubles.end(), more.begin(), more.end());
  }
  for (const std::string& trouble : troubles) complain(streams, trouble);
  streams.out << (options.json
                      ? conformance::to_json(result)
                      : explore_report(result, replays_of(result, options), seconds, {streams.colour, streams.width}));

  const bool found = is_any(result, [](const auto& one) { return !one.exploration.counterexamples.empty(); });
  const bool lacking = is_any(result, [](const auto& one) { return !one.unreached.empty(); });
  if (found || (options.require_coverage && lacking)) return kPromiseBroken;
  const bool failed = is_any(result, [](const auto& one) {
    return one.exploration.ended == conformance::Ended::kInterrupted || !one.exploration.troubles.empty();
  });
  return failed || !troubles.empty() ? kCouldNotRun : kNothingUnexpected;
}

int merge_shards(const ExploreCommandOptions& options, const Data& data, Streams& streams) {
  if (auto message = unwritable(options, !options.corpus.empty()); !message.empty()) return refuse(streams, message);
  std::vector<conformance::ShardResult> shards;
  for (const std::string& folder : options.folders) {
    auto read = read_shard(folder, data.catalogue);
    if (const auto* const message = std::get_if<std::string>(&read)) return refuse(streams, "--merge: " + *message);
    shards.push_back(std::get<conformance::ShardResult>(std::move(read)));
  }
  auto merged = conformance::merged(shards);
  if (const auto* const message = std::get_if<std::string>(&merged)) return refuse(streams, "--merge: " + *message);
  const auto& result = std::get<ExploreResult>(merged);
  if (!options.corpus.empty()) {
    if (auto message = unlike_corpus(result, options.corpus); !message.empty())
      return refuse(streams, "--corpus: " + message);
  }
  return hand_over(result, options, std::nullopt, streams);
}

}  // namespace pinproof::program
