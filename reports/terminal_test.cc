#include "reports/terminal.h"

#include <gtest/gtest.h>

#include <string>

#include "reports/result_testing.h"
#include "reports/snapshot_testing.h"

namespace pinproof::reports {
namespace {

TEST(TerminalReport, AllPass) { expect_snapshot("terminal_all_pass.txt", render_terminal(all_pass(), {})); }

TEST(TerminalReport, Failures) { expect_snapshot("terminal_failures.txt", render_terminal(with_failures(), {})); }

TEST(TerminalReport, Inconclusive) {
  expect_snapshot("terminal_inconclusive.txt", render_terminal(with_inconclusive(), {}));
}

TEST(TerminalReport, Partial) { expect_snapshot("terminal_partial.txt", render_terminal(partial(), {})); }

TEST(TerminalReport, Interrupted) { expect_snapshot("terminal_interrupted.txt", render_terminal(interrupted(), {})); }

TEST(TerminalReport, NothingButSetupFail) {
  expect_snapshot("terminal_setup_fail.txt", render_terminal(only_setup_fail(), {}));
}

TEST(TerminalReport, ALedgerIsMet) {
  Result result = with_failures();
  result.ledger = LedgerOutcome{"acme.json", false, {}, {}};
  TerminalReportOptions options;
  options.verbosity = Verbosity::kQuiet;
  EXPECT_NE(render_terminal(result, options).find("\n✓ as expected  every verdict is as acme.json says\n\n"),
            std::string::npos);
}

TEST(TerminalReport, WhatALedgerKnowsIsShownAndWhatRanOutIsSaid) {
  TerminalReportOptions options;
  options.verbosity = Verbosity::kQuiet;
  options.page.width = 200;
  const std::string text = render_terminal(with_ledger(), options);
  EXPECT_NE(text.find("  known: helodata/sticky/window-is-capped fail (until 2026-12-31), H-STK-6 fail\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("H-PIN-10  expected pass, found fail: 1 re-pin without a drop\n"
                      "    its entry ran out: 2026-10-31 was the last day\n"
                      "    expected because: Its pool is small.\n"),
            std::string::npos)
      << text;
}

TEST(TerminalReport, EveryDifferenceFromALedgerIsALine) {
  Result result = all_pass();
  result.ledger = LedgerOutcome{"acme.json",
                                true,
                                {{"scenario", "helodata/pin/a", "fail", "It keeps dead exits.", "", "pass", ""},
                                 {"scenario", "helodata/pin/b", "pass", "", "", "fail", "another exit"}},
                                {}};
  TerminalReportOptions options;
  options.verbosity = Verbosity::kQuiet;
  options.page.width = 120;
  EXPECT_TRUE(
      render_terminal(result, options)
          .starts_with(
              "✗ not as expected  2 verdicts are not as acme.json says, scenarios only, since not all were asked for\n"
              "  helodata/pin/a  expected fail, found pass\n"
              "    expected because: It keeps dead exits.\n"
              "  helodata/pin/b  expected pass, found fail: another exit\n\n"))
      << render_terminal(result, options);
}

TEST(TerminalReport, NarrowAndVerbose) {
  TerminalReportOptions options;
  options.page.width = 60;
  options.verbosity = Verbosity::kVerbose;
  expect_snapshot("terminal_narrow_verbose.txt", render_terminal(with_failures(), options));
}

TEST(TerminalReport, ColoursOnlyWhenAsked) {
  EXPECT_EQ(render_terminal(with_failures(), {}).find('\x1b'), std::string::npos);
  TerminalReportOptions options;
  options.page.colour = true;
  const std::string coloured = render_terminal(with_failures(), options);
  EXPECT_NE(coloured.find("\x1b[1;31m✗ fail\x1b[0m"), std::string::npos) << "the word stands there, colour or not";
}

TEST(TerminalReport, QuietSaysWhatBrokeAndTheSummary) {
  TerminalReportOptions options;
  options.verbosity = Verbosity::kQuiet;
  EXPECT_EQ(render_terminal(all_pass(), options),
            "✓ pass  3 scenarios: 3 pass · reference gateway (sim) · seed 7 · 0.2 s · --json for machines\n");
  EXPECT_NE(render_terminal(with_failures(), options).find("H-STK-6"), std::string::npos);
}

TEST(TerminalReport, DeniesATargetTheTerminal) {
  for (const bool colour : {false, true}) {
    TerminalReportOptions options;
    options.page.colour = colour;
    options.verbosity = Verbosity::kVerbose;
    const std::string text = render_terminal(hostile(), options);
    EXPECT_EQ(text.find("\x1b[2J"), std::string::npos);
    EXPECT_EQ(text.find("\x1b[32mall fine"), std::string::npos);
    EXPECT_NE(text.find(R"(\x1b[2J\x1b[1;1H\x1b[32mall fine\x1b[0m\r\n\x07\u{202e}gnp\xff)"), std::string::npos);
    for (const char c : text) {
      const bool is_ours = c == '\n' || (colour && c == '\x1b');
      ASSERT_TRUE(is_ours || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
    }
    EXPECT_LT(text.size(), 100'000U) << "floods are cut";
  }
}

TEST(Wrap, BreaksAtSpacesAndInsideWordsThatAreTooLong) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrap("", 10), Lines{""});
  EXPECT_EQ(wrap("one two", 10), Lines{"one two"});
  EXPECT_EQ(wrap("one two three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap("a  b", 10), Lines{"a b"});
  EXPECT_EQ(wrap("abcdefghij", 4), (Lines{"abcd", "efgh", "ij"}));
  EXPECT_EQ(wrap("to abcdefghij", 4), (Lines{"to", "abcd", "efgh", "ij"}));
  EXPECT_EQ(wrap("東京東京", 5), (Lines{"東京", "東京"})) << "two columns each";
}

}  // namespace
}  // namespace pinproof::reports
