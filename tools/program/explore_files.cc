#include "tools/program/explore_files.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "conformance/catalogue/load.h"
#include "conformance/explore/corpus.h"
#include "conformance/explore/corpus_json.h"
#include "conformance/explore/exploration_json.h"
#include "conformance/explore/kept.h"
#include "conformance/explore/kept_json.h"
#include "conformance/scenario/scenario_json.h"
#include "tools/program/output_folder.h"

namespace pinproof::program {
namespace {

using conformance::Counterexample;
using conformance::DialectExploration;
using conformance::ExploreResult;
using conformance::KeptCase;

/// Gathers what went wrong.
class Writing {
 public:
  explicit Writing(std::string option) : option_(std::move(option)) {}
  void note(std::string trouble) {
    if (!trouble.empty()) troubles_.push_back(std::move(trouble));
  }
  std::optional<OutputFolder> open(const std::filesystem::path& folder) {
    auto opened = OutputFolder::open(folder);
    if (auto* const message = std::get_if<std::string>(&opened)) {
      note(option_ + message->substr(message->find(':')));  // it says "--out:", whichever folder it is
      return std::nullopt;
    }
    return std::get<OutputFolder>(std::move(opened));
  }
  std::vector<std::string> take() { return std::move(troubles_); }

 private:
  std::string option_;
  std::vector<std::string> troubles_;
};

bool has_corpus(const ExploreResult& result) {
  return std::any_of(result.dialects.begin(), result.dialects.end(),
                     [](const DialectExploration& one) { return one.exploration.corpus.has_value(); });
}

}  // namespace

std::filesystem::path file_of(const std::string& dialect, const Counterexample& one) {
  const std::string& id = one.scenario.id;
  return std::filesystem::path(dialect) / "explore" / (id.substr(id.rfind('/') + 1) + ".json");
}

std::string unwritable(const ExploreCommandOptions& options, bool writes_corpus) {
  Writing out("--out");
  Writing corpus("--corpus");
  std::error_code ignored;
  const std::filesystem::path folder = options.out;
  if (!options.out.empty()) {
    if (std::filesystem::exists(folder / "explore.json", ignored)) {
      return "--out: " + (folder / "explore.json").string() +
             " was left by another run, whose counterexamples would stand beside this one's; expected a folder without "
             "one";
    }
    out.open(folder);
  }
  if (!options.corpus.empty() && writes_corpus) {
    corpus.open(options.corpus);
    for (const char* const dialect : {"crawlera", "helodata"}) {
      const std::filesystem::path of_dialect = std::filesystem::path(options.corpus) / dialect;
      if (std::filesystem::exists(of_dialect, ignored)) corpus.open(of_dialect);
    }
  }
  for (Writing* const writing : {&out, &corpus}) {
    if (const std::vector<std::string> troubles = writing->take(); !troubles.empty()) return troubles.front();
  }
  return "";
}

std::vector<std::string> write_out(const ExploreResult& result, const std::filesystem::path& folder) {
  Writing writing("--out");
  const auto out = writing.open(folder);
  if (!out) return writing.take();
  writing.note(out->write("explore.json", conformance::to_json(result)));
  if (has_corpus(result)) {
    conformance::KeptByDialect kept;
    for (const DialectExploration& one : result.dialects) kept[one.dialect] = one.exploration.kept;
    writing.note(out->write("kept.json", conformance::kept_to_json(kept)));
  }
  for (const DialectExploration& one : result.dialects) {
    for (const Counterexample& found : one.exploration.counterexamples) {
      if (!found.same_as.empty()) continue;
      const std::filesystem::path file = folder / file_of(one.dialect, found);
      if (const auto inside = writing.open(file.parent_path()))
        writing.note(inside->write(file.filename().string(), conformance::scenario_to_json(found.scenario)));
    }
  }
  return writing.take();
}

std::vector<std::string> write_corpus(const ExploreResult& result, const std::filesystem::path& folder) {
  Writing writing("--corpus");
  for (const DialectExploration& one : result.dialects) {
    if (one.exploration.kept.empty()) continue;
    const auto corpus = writing.open(folder / one.dialect);
    if (!corpus) continue;
    for (const KeptCase& kept : conformance::thinned(one.exploration.kept)) {
      const conformance::CorpusCase entry{kept.play_seed, kept.commands};
      writing.note(corpus->write(conformance::name_of(one.dialect, entry) + ".json",
                                 conformance::corpus_case_to_json(one.dialect, entry)));
    }
  }
  return writing.take();
}

std::string unlike_corpus(const ExploreResult& result, const std::filesystem::path& folder) {
  for (const DialectExploration& one : result.dialects) {
    const auto& corpus = one.exploration.corpus;
    const auto loaded = conformance::load_corpus(folder, one.dialect);
    if (const auto* const error = std::get_if<sim::InputError>(&loaded)) return error->message();
    const std::string found = std::get<conformance::Corpus>(loaded).digest();
    if (corpus && corpus->digest == found) continue;
    return (folder / one.dialect).string() + ": found the corpus " + found + ", expected " +
           (corpus ? corpus->digest : "none") + ", as the shards had";
  }
  return "";
}

std::variant<conformance::ShardResult, std::string> read_shard(const std::filesystem::path& folder,
                                                               const conformance::Catalogue& catalogue) {
  const std::string file = (folder / "explore.json").string();
  const auto text = conformance::read_text_file(file);
  if (const auto* const error = std::get_if<sim::InputError>(&text)) return error->message();
  auto parsed = conformance::parse_exploration(file, std::get<std::string>(text), catalogue);
  if (const auto* const error = std::get_if<sim::InputError>(&parsed)) return error->message();
  conformance::ShardResult shard{folder.string(), std::get<ExploreResult>(std::move(parsed))};
  if (!has_corpus(shard.result)) return shard;

  const std::string kept_file = (folder / "kept.json").string();
  const auto kept_text = conformance::read_text_file(kept_file);
  if (const auto* const error = std::get_if<sim::InputError>(&kept_text)) return error->message();
  auto kept = conformance::parse_kept(kept_file, std::get<std::string>(kept_text));
  if (const auto* const error = std::get_if<sim::InputError>(&kept)) return error->message();
  for (DialectExploration& one : shard.result.dialects)
    one.exploration.kept = std::get<conformance::KeptByDialect>(kept)[one.dialect];
  return shard;
}

}  // namespace pinproof::program
