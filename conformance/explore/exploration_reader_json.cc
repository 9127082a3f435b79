// parse_exploration: explore.json as it was written, and as strictly as anything that comes from elsewhere.
#include <charconv>
#include <limits>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include "conformance/explore/exploration_json.h"
#include "conformance/scenario/scenario_json.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

using sim::JsonReader;

/// Of a shard: sums of as many as anybody has stay far from the end of 64 bits.
constexpr std::int64_t kSecondsMax = 1'000'000'000'000'000;

std::uint64_t count(const JsonReader& json, std::int64_t min = 0) {
  return static_cast<std::uint64_t>(json.integer(min, std::numeric_limits<std::int64_t>::max()));
}

// Of all 64 bits, which a reader of JSON's integers does not know.
std::uint64_t read_whole(const JsonReader& json) {
  const std::string text = json.text();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) json.refuse("a whole number of 64 bits");
  return number;
}

std::vector<std::string> strings(const JsonReader& json) {
  std::vector<std::string> all;
  for (const JsonReader& one : json.array()) all.push_back(one.string());
  return all;
}

Scenario read_scenario(const JsonReader& json, const std::string& id, const Catalogue& catalogue) {
  auto parsed = parse_scenario("", json.text(), catalogue, id);
  if (const auto* const error = std::get_if<sim::InputError>(&parsed))
    json.refuse(error->found + " at " + sim::in_quotes(error->pointer), error->expected);
  return std::get<Scenario>(std::move(parsed));
}

Counterexample read_counterexample(const JsonReader& json, const std::string& dialect, const Catalogue& catalogue) {
  json.object({"id", "requirement", "signature", "title", "reason", "case", "corpus_case", "commands", "steps", "tries",
               "reproduced", "confirmed", "same_as", "scenario"});
  Counterexample one;
  one.requirement = json.at("requirement").string();
  if (catalogue.find(one.requirement) == nullptr) json.at("requirement").refuse("a requirement of the catalogue");
  one.signature = json.at("signature").string();
  if (one.signature.size() != 8 || one.signature.find_first_not_of("0123456789abcdef") != std::string::npos)
    json.at("signature").refuse("eight hexadecimal digits");
  one.reason = json.at("reason").string();
  if (const auto number = json.optional("case")) {
    one.origin = {true, "", count(*number)};
  } else {
    one.origin = {false, json.at("corpus_case").string(), 0};
  }
  one.commands = count(json.at("commands"));
  one.tries = count(json.at("tries"));
  one.reproduced = json.at("reproduced").boolean();
  one.confirmed = json.at("confirmed").boolean();
  // A file is to be named by it: it says what it has to say, or nothing is read.
  one.scenario = read_scenario(json.at("scenario"), id_of(dialect, one.requirement, one.signature), catalogue);
  return one;
}

Coverage read_coverage(const JsonReader& json, std::vector<std::string>& boundaries) {
  json.object({"transitions", "requirements", "boundaries"});
  Coverage coverage;
  const JsonReader rows = json.at("transitions");
  for (std::size_t state = 0; state < kSessionStates; ++state) {
    const JsonReader row = rows.at(to_string(static_cast<SessionState>(state)));
    for (std::size_t event = 0; event < kSessionEvents; ++event) {
      if (const auto times = row.optional(to_string(static_cast<SessionEvent>(event))))
        coverage.transitions[state][event] = count(*times);
    }
  }
  for (const auto& [requirement, times] : json.at("requirements").members())
    coverage.requirements[requirement] = count(times);
  for (const auto& [name, times] : json.at("boundaries").members()) {
    boundaries.push_back(name);
    coverage.boundaries.push_back(count(times));
  }
  return coverage;
}

std::optional<FrozenCorpus> read_corpus(const JsonReader& json) {
  if (json.kind() == sim::JsonKind::kNull) return std::nullopt;
  json.object({"cases", "digest", "features", "new_features"});
  return FrozenCorpus{count(json.at("cases")), json.at("digest").string(), count(json.at("features"))};
}

DialectExploration read_dialect(const JsonReader& json, const Catalogue& catalogue) {
  json.object({"dialect", "cases", "unjudged", "commands", "steps", "left_out", "virtual_seconds", "ended", "corpus",
               "counterexamples", "troubles", "coverage", "unreached"});
  DialectExploration one;
  one.dialect = json.at("dialect").one_of({"crawlera", "helodata"});
  Exploration& found = one.exploration;
  found.coverage = read_coverage(json.at("coverage"), one.boundaries);
  found.cases = found.coverage.cases = count(json.at("cases"));
  found.unjudged = count(json.at("unjudged"));
  found.commands = count(json.at("commands"));
  found.coverage.steps = count(json.at("steps"));
  found.coverage.left_out = count(json.at("left_out"));
  found.coverage.time = std::chrono::seconds(json.at("virtual_seconds").integer(0, kSecondsMax));
  std::vector<std::string_view> words;
  for (const Ended ended :
       {Ended::kAllPlayed, Ended::kAtAFinding, Ended::kOutOfTime, Ended::kInterrupted, Ended::kTargetLost})
    words.push_back(to_string(ended));
  found.ended = static_cast<Ended>(json.at("ended").choose(words));
  found.corpus = read_corpus(json.at("corpus"));
  for (const JsonReader& counterexample : json.at("counterexamples").array())
    found.counterexamples.push_back(read_counterexample(counterexample, one.dialect, catalogue));
  tell_apart(found.counterexamples);
  found.troubles = strings(json.at("troubles"));
  one.unreached = strings(json.at("unreached"));
  return one;
}

Search read_search(const JsonReader& json) {
  Search search;
  search.version = json.at("version").string();
  search.generator = static_cast<int>(json.at("generator").integer(1, std::numeric_limits<int>::max()));
  search.seed = read_whole(json.at("seed"));
  search.cases = count(json.at("cases"));
  search.commands = count(json.at("commands"));
  search.target = json.at("target").string();
  search.gateway = json.at("gateway").string();
  search.rules = json.at("rules").string();
  search.deviate = json.at("deviate").string();
  search.readings = json.at("readings").string();
  search.set = json.at("set").string();
  search.requirements = strings(json.at("requirements"));
  search.keep_going = json.at("keep_going").boolean();
  return search;
}

}  // namespace

sim::Parsed<ExploreResult> parse_exploration(std::string file, std::string_view text, const Catalogue& catalogue) {
  return sim::parse_json(std::move(file), text, [&](const JsonReader& json) {
    json.object({"explore", "version", "generator", "seed", "cases", "commands", "target", "gateway", "rules",
                 "deviate", "readings", "set", "requirements", "keep_going", "shard", "shards", "dialects"});
    json.at("explore").integer(kExplorationVersion, kExplorationVersion);
    ExploreResult result;
    result.search = read_search(json);
    result.shards = count(json.at("shards"), 1);
    result.shard = static_cast<std::uint64_t>(json.at("shard").integer(1, static_cast<std::int64_t>(result.shards)));
    for (const JsonReader& one : json.at("dialects").array(1, 2))
      result.dialects.push_back(read_dialect(one, catalogue));
    return result;
  });
}

}  // namespace pinproof::conformance
