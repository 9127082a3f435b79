#include "tools/program/command_line/command_line.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

namespace pinproof::program {
namespace {

using Arguments = std::vector<std::string>;

template <class T>
T options_of(const Arguments& arguments) {
  const auto parsed = parse_command_line(arguments);
  if (const auto* error = std::get_if<UsageError>(&parsed)) {
    ADD_FAILURE() << error->message;
    return {};
  }
  return std::get<T>(std::get<Command>(parsed));
}

TEST(CommandLine, RunDefaults) {
  const auto run = options_of<RunOptions>({"run"});
  EXPECT_TRUE(run.paths.empty());
  EXPECT_EQ(run.target, "sim");
  EXPECT_EQ(run.dialect, "");
  EXPECT_EQ(run.seed, std::nullopt) << "it depends on the target";
  EXPECT_EQ(run.time_max, std::chrono::minutes(10));
  EXPECT_EQ(run.expect + run.write_ledger, "");
  EXPECT_EQ(run.set, "core");
  EXPECT_EQ(run.jobs, 0U);
  EXPECT_FALSE(run.strict || run.json || run.verbose || run.quiet);
}

TEST(CommandLine, RunTakesEverything) {
  const auto run = options_of<RunOptions>(
      {"run",       "a.json",   "--filter", "H-*",    "b",          "--filter=C-*", "--skip", "*/slow/*",
       "--dialect", "crawlera", "--rules",  "r.json", "--readings", "q.json",       "--seed", "18446744073709551615",
       "--out",     "results",  "--strict", "--json", "--set",      "extended",     "--jobs", "2",
       "--target",  "sim"});
  EXPECT_EQ(run.paths, (Arguments{"a.json", "b"}));
  EXPECT_EQ(run.filters, (Arguments{"H-*", "C-*"}));
  EXPECT_EQ(run.skips, (Arguments{"*/slow/*"}));
  EXPECT_EQ(run.dialect, "crawlera");
  EXPECT_EQ(run.rules, "r.json");
  EXPECT_EQ(run.readings, "q.json");
  EXPECT_EQ(run.seed, 18446744073709551615ULL);
  EXPECT_EQ(run.out, "results");
  EXPECT_EQ(run.set, "extended");
  EXPECT_EQ(run.jobs, 2U);
  EXPECT_TRUE(run.strict && run.json);
}

TEST(CommandLine, ExploreSearchesOrMerges) {
  const auto search = options_of<ExploreCommandOptions>({"explore", "--shard", "2/3", "--corpus", "c", "--out", "o"});
  EXPECT_EQ(search.shard, 2U);
  EXPECT_EQ(search.shards, 3U);
  EXPECT_EQ(search.corpus, "c");
  EXPECT_FALSE(search.frozen || search.merge || search.keep_going);
  const auto merge = options_of<ExploreCommandOptions>({"explore", "--merge", "a", "b", "--out", "o", "--json"});
  EXPECT_TRUE(merge.merge && merge.json);
  EXPECT_EQ(merge.folders, (Arguments{"a", "b"}));
  EXPECT_EQ(merge.out, "o");
}

TEST(CommandLine, Reports) {
  EXPECT_EQ(options_of<RunOptions>({"run", "--report", "a.html", "--report=junit:b"}).reports,
            (Arguments{"a.html", "junit:b"}));
  const auto report = options_of<ReportOptions>(
      {"report", "a.json", "b.json", "--format", "junit", "--compare", "c.json", "--out", "d.xml", "--short"});
  EXPECT_EQ(report.files, (Arguments{"a.json", "b.json"}));
  EXPECT_EQ(report.format, "junit");
  EXPECT_EQ(report.compare, "c.json");
  EXPECT_EQ(report.out, "d.xml");
  EXPECT_TRUE(report.is_short);
}

TEST(CommandLine, OtherSubcommands) {
  EXPECT_EQ(options_of<ListOptions>({"list", "scenarios", "--json"}).what, ListOptions::What::kScenarios);
  EXPECT_EQ(options_of<ExplainOptions>({"explain", "H-STK-6", "over_cap"}).ids, (Arguments{"H-STK-6", "over_cap"}));
  EXPECT_EQ(options_of<ValidateOptions>({"validate", "a", "b"}).files, (Arguments{"a", "b"}));
  EXPECT_EQ(options_of<JudgeOptions>({"judge", "h.jsonl"}).history, "h.jsonl");
  EXPECT_EQ(options_of<ReplayOptions>({"replay", "s.json"}).seed, std::nullopt);
  EXPECT_EQ(options_of<ReplayOptions>({"replay", "s.json", "--seed", "0"}).seed, 0U);
  EXPECT_EQ(options_of<CheckDeterminismOptions>({"check-determinism", "--dialect", "helodata"}).dialect, "helodata");
  EXPECT_EQ(options_of<ListOptions>({"list", "deviations"}).what, ListOptions::What::kDeviations);
  EXPECT_EQ(options_of<RunOptions>({"run", "--deviate", "helodata-cap-of-31"}).deviate, "helodata-cap-of-31");
  EXPECT_EQ(options_of<ReplayOptions>({"replay", "s.json", "--deviate", "d"}).deviate, "d");
  const auto deviations = options_of<DeviationsOptions>(
      {"deviations", "--filter", "H-*", "--filter", "cap", "--seed", "7", "--jobs", "2", "--json", "--out", "o"});
  EXPECT_EQ(deviations.filters, (Arguments{"H-*", "cap"}));
  EXPECT_EQ(deviations.target, "sim");
  EXPECT_EQ(deviations.seed, 7U);
  EXPECT_EQ(deviations.jobs, 2U);
  EXPECT_EQ(deviations.out, "o");
  EXPECT_TRUE(deviations.json);
  options_of<VersionOptions>({"--version"});
}

struct BadCase {
  Arguments arguments;
  std::string message;
};

TEST(CommandLine, SaysWhatIsWrongInOneLine) {
  const std::vector<BadCase> cases = {
      {{}, "a subcommand is missing; see `pinproof --help`"},
      {{"rnu"}, "unknown subcommand \"rnu\"; did you mean run?; see `pinproof --help`"},
      {{"simulate"}, "unknown subcommand \"simulate\"; see `pinproof --help`"},
      {{"run", "--stritc"}, "unknown option --stritc; did you mean --strict?; see `pinproof run --help`"},
      {{"run", "--sede=3"}, "unknown option --sede=3; did you mean --seed or --set?; see `pinproof run --help`"},
      {{"run", "--seed", "abc"}, "--seed: found \"abc\", expected an integer from 0 to 18446744073709551615"},
      {{"run", "--seed", "-1"}, "--seed: found \"-1\", expected an integer from 0 to 18446744073709551615"},
      {{"run", "--seed", "1.5"}, "--seed: found \"1.5\", expected an integer from 0 to 18446744073709551615"},
      {{"run", "--seed", " 1"}, "--seed: found \" 1\", expected an integer from 0 to 18446744073709551615"},
      {{"run", "--seed", "18446744073709551616"},
       "--seed: found \"18446744073709551616\", expected an integer from 0 to 18446744073709551615"},
      {{"run", "--jobs", "0"}, "--jobs: found \"0\", expected an integer from 1 to 256"},
      {{"run", "--jobs", "257"}, "--jobs: found \"257\", expected an integer from 1 to 256"},
      {{"run", "--target", ""}, "--target: found \"\", expected a sim|lab|PROFILE"},
      {{"run", "--max-time", "10"}, "--max-time: found \"10\", expected a duration: 40m"},
      {{"run", "--max-time", "0s"}, "--max-time: found \"0s\", expected a duration: 40m"},
      {{"run", "--strict", "--expect", "l.json"},
       "--strict and --expect exclude each other: a ledger says of every verdict whether it is expected"},
      {{"run", "--dialect", "Helodata"}, "--dialect: found \"Helodata\", expected helodata or crawlera"},
      {{"run", "--set", "all"}, "--set: found \"all\", expected core or extended"},
      {{"run", "--rules", ""}, "--rules: found \"\", expected a FILE"},
      {{"run", "--out", ""}, "--out: found \"\", expected a DIR"},
      {{"run", "--quiet", "--verbose"}, "--verbose and --quiet exclude each other"},
      {{"list", "profile"}, "list: found \"profile\", expected requirements, scenarios, deviations or profiles"},
      {{"deviations", "--target", "lba"}, "--target: found \"lba\", expected sim or lab"},
      {{"deviations", "cap"}, "unexpected argument \"cap\"; see `pinproof deviations --help`"},
      {{"run", "--deviate", ""}, "--deviate: found \"\", expected a NAME"},
      {{"run", "--rules", "a", "--deviate", "b"}, "--rules and --deviate exclude each other"},
      {{"replay", "s", "--rules", "a", "--deviate", "b"}, "--rules and --deviate exclude each other"},
      {{"list"}, "what is required; see `pinproof list --help`"},
      {{"explain"}, "id is required; see `pinproof explain --help`"},
      {{"validate"}, "files is required; see `pinproof validate --help`"},
      {{"judge"}, "history is required; see `pinproof judge --help`"},
      {{"replay"}, "scenario is required; see `pinproof replay --help`"},
  };
  for (const BadCase& test : cases) {
    const auto parsed = parse_command_line(test.arguments);
    ASSERT_TRUE(std::holds_alternative<UsageError>(parsed)) << test.message;
    EXPECT_EQ(std::get<UsageError>(parsed).message, test.message);
  }
}

TEST(CommandLine, HelpEverywhereWithExamples) {
  for (const std::string subcommand :
       {"", "run", "list", "explain", "validate", "judge", "replay", "deviations", "check-determinism"}) {
    Arguments arguments = {"--help"};
    if (!subcommand.empty()) arguments.insert(arguments.begin(), subcommand);
    const auto parsed = parse_command_line(arguments);
    ASSERT_TRUE(std::holds_alternative<HelpText>(parsed)) << subcommand;
    EXPECT_NE(std::get<HelpText>(parsed).text.find("Examples:\n  pinproof " + subcommand), std::string::npos)
        << subcommand;
  }
}

}  // namespace
}  // namespace pinproof::program
