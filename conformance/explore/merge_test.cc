#include "conformance/explore/merge.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/explore/corpus_json.h"
#include "conformance/explore/exploration_json.h"
#include "conformance/explore/explore_testing.h"
#include "conformance/explore/explorer.h"
#include "conformance/explore/kept_json.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

/// A search as the program would have it, of a gateway that is wrong in a way that shows in many words.
class Searching {
 public:
  Searching(const std::string& dialect, const SimulatedTargetOptions& gateway, std::uint64_t cases)
      : dialect_(dialect), gateway_(gateway), cases_(cases) {}

  ExploreResult of(std::uint64_t shard, std::uint64_t shards, const Corpus* corpus, unsigned jobs = 1) const {
    ExploreOptions options;
    options.seed = 11;
    options.cases = cases_;
    options.shard = shard;
    options.shards = shards;
    options.jobs = jobs;
    options.keep_going = true;
    options.program = "pinproof test";
    options.corpus = corpus;
    options.drawing.commands_max = 20;
    DialectExploration one{dialect_, boundary_names(world_of(dialect_)), {}, {}};
    one.exploration = explore(simulated(gateway_), shipped_catalogue(), options);
    one.unreached = unreached(one.exploration.coverage, world_of(dialect_),
                              exercisable(shipped_catalogue(), SimulatedTarget(gateway_).description()));
    Search search;
    search.version = "test";
    search.generator = 1;
    search.seed = options.seed;
    search.cases = cases_;
    search.keep_going = true;
    return {search, shard, shards, {one}};
  }

 private:
  std::string dialect_;
  SimulatedTargetOptions gateway_;
  std::uint64_t cases_;
};

/// All that a run writes, by name of the file.
std::map<std::string, std::string> files_of(const ExploreResult& result) {
  std::map<std::string, std::string> files{{"explore.json", to_json(result)}};
  for (const DialectExploration& one : result.dialects) {
    files["kept.json"] += kept_to_json({{one.dialect, one.exploration.kept}});
    for (const Counterexample& found : one.exploration.counterexamples) {
      if (found.same_as.empty()) files[found.scenario.id] = scenario_to_json(found.scenario);
    }
    for (const KeptCase& kept_case : thinned(one.exploration.kept)) {
      const CorpusCase entry{kept_case.play_seed, kept_case.commands};
      files["corpus/" + name_of(one.dialect, entry)] = corpus_case_to_json(one.dialect, entry);
    }
  }
  return files;
}

/// As it is after it was written and read again.
ExploreResult reread(const ExploreResult& result) {
  auto read = parse_exploration("explore.json", to_json(result), shipped_catalogue());
  if (const auto* const error = std::get_if<sim::InputError>(&read)) {
    ADD_FAILURE() << error->message();
    return result;
  }
  for (DialectExploration& one : std::get<ExploreResult>(read).dialects) {
    for (const DialectExploration& written : result.dialects) {
      auto kept = parse_kept("kept.json", kept_to_json({{written.dialect, written.exploration.kept}}));
      one.exploration.kept = std::get<KeptByDialect>(kept)[one.dialect];
    }
  }
  return std::get<ExploreResult>(read);
}

Corpus corpus_of(const ExploreResult& result) {
  Corpus corpus;
  for (const KeptCase& kept_case : thinned(result.dialects.front().exploration.kept)) {
    const CorpusCase entry{kept_case.play_seed, kept_case.commands};
    corpus.cases.emplace_back(name_of(result.dialects.front().dialect, entry), entry);
  }
  std::sort(corpus.cases.begin(), corpus.cases.end(),
            [](const auto& left, const auto& right) { return left.first < right.first; });
  return corpus;
}

struct Law {
  const char* name;
  const char* dialect;
  const char* deviation;
  std::uint64_t shards;
};

class ShardsTogether : public testing::TestWithParam<Law> {};

TEST_P(ShardsTogether, AreOneRun) {
  const Law& law = GetParam();
  const Searching searching(law.dialect, wrong_gateway(law.deviation), 400);
  const Corpus none;
  const Corpus some = corpus_of(Searching(law.dialect, wrong_gateway(law.deviation), 60).of(1, 1, &none));
  ASSERT_GT(some.cases.size(), 10U);
  for (const Corpus* const corpus : {static_cast<const Corpus*>(nullptr), &none, &some}) {
    const ExploreResult whole = searching.of(1, 1, corpus);
    ASSERT_GT(whole.dialects.front().exploration.counterexamples.size(), 1U);
    std::vector<ShardResult> shards;
    for (std::uint64_t shard = law.shards; shard >= 1; --shard)
      shards.push_back({"shard", reread(searching.of(shard, law.shards, corpus, 2))});
    const auto together = merged(shards);
    ASSERT_TRUE(std::holds_alternative<ExploreResult>(together)) << std::get<std::string>(together);
    EXPECT_EQ(files_of(std::get<ExploreResult>(together)), files_of(whole));
  }
}

INSTANTIATE_TEST_SUITE_P(Merge, ShardsTogether,
                         testing::Values(Law{"OfHelodata", "helodata", "helodata-repin-silent", 3},
                                         Law{"OfCrawlera", "crawlera", "crawlera-lost-ip-kept", 3},
                                         Law{"MoreThanCases", "crawlera", "crawlera-any-password", 7}),
                         [](const auto& param) { return std::string(param.param.name); });

class Merge : public testing::Test {
 protected:
  Merge() {
    const Searching searching("crawlera", searched_gateway("crawlera"), 40);
    for (std::uint64_t shard = 1; shard <= 2; ++shard)
      shards_.push_back({"folder-" + std::to_string(shard), searching.of(shard, 2, nullptr)});
  }
  std::string complaint() const {
    const auto together = merged(shards_);
    return std::holds_alternative<std::string>(together) ? std::get<std::string>(together) : "none";
  }
  ExploreResult& second() { return shards_[1].result; }

  std::vector<ShardResult> shards_;
};

TEST_F(Merge, OtherSeeds) {
  second().search.seed = 12;
  EXPECT_EQ(complaint(), R"(folder-2: found seed "12", expected "11", as in folder-1: no shards of one run)");
}

TEST_F(Merge, OtherVersions) {
  second().search.version = "0.2.0";
  EXPECT_EQ(complaint(), R"(folder-2: found version "0.2.0", expected "test", as in folder-1: no shards of one run)");
}

TEST_F(Merge, OtherCorpora) {
  second().dialects.front().exploration.corpus = {3, "00ff00ff00ff00ff", 9};
  EXPECT_EQ(complaint(),
            "folder-2: found corpus of crawlera \"00ff00ff00ff00ff with 9 features\", expected \"none\", as "
            "in folder-1: no shards of one run");
}

TEST_F(Merge, AMissingShard) {
  shards_.pop_back();
  EXPECT_EQ(complaint(), "shard 2/2 is missing");
}

TEST_F(Merge, ADoubledShard) {
  second() = shards_[0].result;
  EXPECT_EQ(complaint(), "folder-2: found shard 1/2, which folder-1 is, expected each once");
}

TEST_F(Merge, OneThatWasCutShort) {
  second().dialects.front().exploration.ended = Ended::kInterrupted;
  EXPECT_EQ(complaint(), "folder-2: crawlera ended interrupted, expected all its cases played");
  second().dialects.front().exploration.ended = Ended::kAtAFinding;
  EXPECT_EQ(complaint(), "folder-2: crawlera ended at a finding, expected all its cases played, as with --keep-going");
}

TEST_F(Merge, NothingAtAll) {
  shards_.clear();
  EXPECT_EQ(complaint(), "nothing to merge");
}

}  // namespace
}  // namespace pinproof::conformance
