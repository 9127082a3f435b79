#include "tools/program/again.h"

#include <gtest/gtest.h>

namespace pinproof::program {
namespace {

TEST(Again, AWordThatAShellWouldReadMoreIntoIsQuoted) {
  EXPECT_EQ(quoted_for_shell("helodata/sticky/a-1_b.json"), "helodata/sticky/a-1_b.json");
  EXPECT_EQ(quoted_for_shell(""), "''");
  EXPECT_EQ(quoted_for_shell("a b"), "'a b'");
  EXPECT_EQ(quoted_for_shell("*"), "'*'");
  EXPECT_EQ(quoted_for_shell("it's $(x)"), R"('it'\''s $(x)')");
}

TEST(Again, AReplaySaysWhatIsNotUsual) {
  EXPECT_EQ(text_of(ReplayCommand{"helodata/sticky/a", 7, "sim", "", "", "", "core", {}}),
            "pinproof replay helodata/sticky/a --seed 7");
  EXPECT_EQ(
      text_of(ReplayCommand{"a.json", 18446744073709551615U, "lab", "my rules.json", "", "r.json", "extended", {}}),
      "pinproof replay a.json --seed 18446744073709551615 --target lab --rules 'my rules.json' --readings r.json --set "
      "extended");
}

TEST(Again, ARunSaysAllThatDecidesWhatComesOut) {
  RunOptions run;
  EXPECT_EQ(text_of(run, 1), "pinproof run --seed 1");
  run.paths = {"a.json", "folder"};
  run.target = "acme.json";
  run.dialect = "helodata";
  run.filters = {"H-*", "C-*"};
  run.skips = {"*/slow/*"};
  run.set = "extended";
  run.time_max = std::chrono::minutes(40);
  run.expect = "ledger.json";
  run.out = "results";
  run.reports = {"report.html"};
  run.jobs = 2;
  EXPECT_EQ(text_of(run, 9),
            "pinproof run a.json folder --target acme.json --dialect helodata --filter 'H-*' --filter 'C-*' "
            "--skip '*/slow/*' --set extended --seed 9 --max-time 40m --expect ledger.json");
}

TEST(Again, NamesTheVariablesThatItNeeds) {
  EXPECT_EQ(text_of(ReplayCommand{"a/b/c", 7, "squid", "", "", "", "core", {"PINPROOF_GATEWAY"}}),
            "pinproof replay a/b/c --seed 7 --target squid  # in an environment with PINPROOF_GATEWAY");
  RunOptions run;
  run.target = "squid";
  EXPECT_EQ(text_of(run, 1, {"PINPROOF_CA", "PINPROOF_GATEWAY"}),
            "pinproof run --target squid --seed 1  # in an environment with PINPROOF_CA, PINPROOF_GATEWAY");
}

}  // namespace
}  // namespace pinproof::program
