#include "conformance/explore/merge.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "conformance/explore/breaches.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

using Trouble = std::optional<std::string>;
using Fields = std::vector<std::pair<std::string, std::string>>;

Fields fields_of(const Search& search) {
  std::string requirements;
  for (const std::string& one : search.requirements) requirements += (requirements.empty() ? "" : " ") + one;
  return {{"version", search.version},
          {"generator", std::to_string(search.generator)},
          {"seed", std::to_string(search.seed)},
          {"cases", std::to_string(search.cases)},
          {"commands", std::to_string(search.commands)},
          {"target", search.target},
          {"gateway", search.gateway},
          {"rules", search.rules},
          {"deviate", search.deviate},
          {"readings", search.readings},
          {"set", search.set},
          {"requirements", requirements},
          {"keep_going", search.keep_going ? "true" : "false"}};
}

std::string shard_text(std::uint64_t shard, std::uint64_t shards) {
  return std::to_string(shard) + "/" + std::to_string(shards);
}

/// The corpora by dialect, and what else is the same for all cases of a gateway.
Fields circumstances_of(const ExploreResult& result) {
  Fields fields{{"number of shards", std::to_string(result.shards)}};
  std::string dialects;
  for (const DialectExploration& one : result.dialects) {
    dialects += (dialects.empty() ? "" : " ") + one.dialect;
    const auto& corpus = one.exploration.corpus;
    fields.emplace_back("corpus of " + one.dialect,
                        corpus ? corpus->digest + " with " + std::to_string(corpus->features) + " features" : "none");
    std::string boundaries;
    for (const std::string& name : one.boundaries) boundaries += (boundaries.empty() ? "" : ", ") + name;
    fields.emplace_back("boundaries of " + one.dialect, boundaries);
  }
  fields.insert(fields.begin(), {"dialects", dialects});
  return fields;
}

Trouble differing(const ShardResult& one, const Fields& its, const ShardResult& first, const Fields& expected) {
  for (std::size_t i = 0; i < std::min(its.size(), expected.size()); ++i) {
    if (its[i] == expected[i]) continue;
    return one.name + ": found " + its[i].first + " " + sim::in_quotes(its[i].second) + ", expected " +
           sim::in_quotes(expected[i].second) + ", as in " + first.name + ": no shards of one run";
  }
  return std::nullopt;
}

// To be called when all are of as many.
Trouble missing_or_doubled(const std::vector<ShardResult>& shards) {
  const std::uint64_t count = shards.front().result.shards;
  std::map<std::uint64_t, const ShardResult*> known;
  for (const ShardResult& one : shards) {
    const auto [other, fresh] = known.emplace(one.result.shard, &one);
    if (!fresh)
      return one.name + ": found shard " + shard_text(one.result.shard, count) + ", which " + other->second->name +
             " is, expected each once";
  }
  for (std::uint64_t shard = 1; shard <= count; ++shard) {
    if (!known.contains(shard)) return "shard " + shard_text(shard, count) + " is missing";
  }
  return std::nullopt;
}

Trouble unfinished(const ShardResult& one) {
  for (const DialectExploration& part : one.result.dialects) {
    const Ended ended = part.exploration.ended;
    if (ended == Ended::kAllPlayed) continue;
    return one.name + ": " + part.dialect + " ended " + std::string(to_string(ended)) +
           ", expected all its cases played" + (ended == Ended::kAtAFinding ? ", as with --keep-going" : "");
  }
  return std::nullopt;
}

void add(std::vector<Counterexample>& all, const std::vector<Counterexample>& more) {
  for (const Counterexample& one : more) {
    const auto known = std::find_if(all.begin(), all.end(), [&](const Counterexample& other) {
      return other.requirement == one.requirement && other.signature == one.signature;
    });
    if (known == all.end()) {
      all.push_back(one);
    } else if (one.origin < known->origin) {
      *known = one;
    }
  }
}

void add(Exploration& all, const Exploration& more) {
  all.cases += more.cases;
  all.unjudged += more.unjudged;
  all.commands += more.commands;
  all.coverage.add(more.coverage);
  add(all.counterexamples, more.counterexamples);
  all.troubles.insert(all.troubles.end(), more.troubles.begin(), more.troubles.end());
  all.kept.insert(all.kept.end(), more.kept.begin(), more.kept.end());
}

// What a sum of many leaves to do once.
void settle(Exploration& all) {
  tell_apart(all.counterexamples);
  if (all.counterexamples.size() > kBreachesMax) all.counterexamples.resize(kBreachesMax);
  const std::set<std::string> troubles(all.troubles.begin(), all.troubles.end());
  all.troubles.assign(troubles.begin(), troubles.end());
  if (all.troubles.size() > kTroublesMax) all.troubles.resize(kTroublesMax);
  all.kept = kept(std::move(all.kept));
}

}  // namespace

std::variant<ExploreResult, std::string> merged(const std::vector<ShardResult>& shards) {
  if (shards.empty()) return "nothing to merge";
  const ShardResult& first = shards.front();
  for (const ShardResult& one : shards) {
    if (auto trouble = differing(one, fields_of(one.result.search), first, fields_of(first.result.search)))
      return *trouble;
    if (auto trouble = differing(one, circumstances_of(one.result), first, circumstances_of(first.result)))
      return *trouble;
  }
  if (auto trouble = missing_or_doubled(shards)) return *trouble;
  for (const ShardResult& one : shards) {
    if (auto trouble = unfinished(one)) return *trouble;
  }

  ExploreResult all = first.result;
  all.shard = all.shards = 1;
  for (std::size_t shard = 1; shard < shards.size(); ++shard) {
    for (std::size_t i = 0; i < all.dialects.size(); ++i) {
      DialectExploration& sum = all.dialects[i];
      const DialectExploration& part = shards[shard].result.dialects[i];
      add(sum.exploration, part.exploration);
      std::erase_if(sum.unreached, [&](const std::string& what) {
        return std::find(part.unreached.begin(), part.unreached.end(), what) == part.unreached.end();
      });
    }
  }
  for (DialectExploration& one : all.dialects) settle(one.exploration);
  return all;
}

}  // namespace pinproof::conformance
