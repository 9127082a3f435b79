#include "conformance/explore/corpus_json.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "conformance/explore/commands_json.h"
#include "conformance/scenario/layout_json.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

/// The version of the format.
constexpr int kCaseVersion = 1;

}  // namespace

std::string corpus_case_to_json(const std::string& dialect, const CorpusCase& one) {
  return laid_out({{"case", kCaseVersion},
                   {"generator", kGenerator},
                   {"dialect", dialect},
                   {"play_seed", seed_text(one.play_seed)},
                   {"commands", commands_to_json(one.commands)}});
}

sim::Parsed<std::optional<CorpusCase>> parse_corpus_case(std::string file, std::string_view text,
                                                         const std::string& dialect) {
  return sim::parse_json(std::move(file), text, [&](const sim::JsonReader& json) -> std::optional<CorpusCase> {
    json.at("case").integer(kCaseVersion, kCaseVersion);
    if (json.at("generator").integer(1, std::numeric_limits<int>::max()) != kGenerator) return std::nullopt;
    json.object({"case", "generator", "dialect", "play_seed", "commands"});
    json.at("dialect").one_of({dialect});
    return CorpusCase{read_seed(json.at("play_seed")), read_commands(json.at("commands"))};
  });
}

}  // namespace pinproof::conformance
