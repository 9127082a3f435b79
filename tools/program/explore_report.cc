#include "tools/program/explore_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "conformance/explore/explorer.h"

namespace pinproof::program {
namespace {

using conformance::Counterexample;
using conformance::Coverage;
using conformance::DialectExploration;
using conformance::Ended;
using conformance::kSessionEvents;
using conformance::kSessionStates;
using reports::Ink;
using reports::TerminalPage;

std::string history_of(const Counterexample& one) {
  const auto counted = [](std::size_t count, const char* what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
  };
  if (one.tries == 0) {
    return fmt::format("Of {}, as it was found: {}; not confirmed.", words_of(one.origin),
                       counted(one.commands, "command"));
  }
  return fmt::format("Of {}: {} shrunk to {} in {}{}.", words_of(one.origin), counted(one.commands, "command"),
                     counted(one.scenario.steps.size(), "step"),
                     one.tries == 1 ? "1 try" : fmt::format("{} tries", one.tries),
                     one.confirmed ? "" : "; not confirmed: played again on the target it did not fail");
}

void write(const Counterexample& one, const std::map<std::string, std::string>& replays, TerminalPage& page) {
  page.paragraph({{"✗ ", Ink::kBad}, {one.requirement + "  ", Ink::kBold}}, one.reason, 0);
  page.paragraph({}, one.scenario.title, 2);
  page.paragraph({}, history_of(one), 2, Ink::kDim);
  if (const auto replay = replays.find(one.scenario.id); replay != replays.end()) page.line({{replay->second}}, 2);
}

// A row a state, a column an event.
void write_transitions(const Coverage& coverage, TerminalPage& page) {
  std::string head = fmt::format("{:<10}", "session");
  for (std::size_t event = 0; event < kSessionEvents; ++event) {
    head += fmt::format(" {:>11}", to_string(static_cast<conformance::SessionEvent>(event)));
  }
  page.line({{head, Ink::kDim}}, 2);
  for (std::size_t state = 0; state < kSessionStates; ++state) {
    std::string row = fmt::format("{:<10}", to_string(static_cast<conformance::SessionState>(state)));
    for (const std::uint64_t count : coverage.transitions[state])
      row += fmt::format(" {:>11}", count == 0 ? "·" : std::to_string(count));
    page.line({{row}}, 2);
  }
}

std::string requirements_of(const Coverage& coverage) {
  std::string text;
  for (const auto& [requirement, times] : coverage.requirements)
    text += (text.empty() ? "" : ", ") + requirement + " " + std::to_string(times);
  return text;
}

std::string boundaries_of(const DialectExploration& one) {
  std::string text;
  const std::vector<std::string>& names = one.boundaries;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (text.empty() ? "" : ", ") + names[i] + " " + std::to_string(one.exploration.coverage.boundaries.at(i));
  return text;
}

std::string ending_of(Ended ended) {
  const bool is_usual = ended == Ended::kAllPlayed || ended == Ended::kAtAFinding;
  return is_usual ? "" : ", " + std::string(to_string(ended));
}

// More than the number of the case in which something was found.
std::string blocks_of(const conformance::Exploration& found) {
  // On a gateway of somebody's own each case is a block.
  if (found.ended != Ended::kAtAFinding || found.cases % conformance::kCasesABlock != 0) return "";
  return fmt::format(". Cases are played in blocks of {}, and the block of a finding is played to its end",
                     conformance::kCasesABlock);
}

std::string unjudged_of(std::uint64_t unjudged) {
  return unjudged == 0 ? "" : fmt::format(", {} more could not be judged", unjudged);
}

std::size_t features_of(const std::vector<conformance::KeptCase>& kept) {
  std::set<std::string> features;
  for (const conformance::KeptCase& one : kept) features.insert(one.features.begin(), one.features.end());
  return features.size();
}

void write(const DialectExploration& one, const std::map<std::string, std::string>& replays, TerminalPage& page) {
  const auto& found = one.exploration;
  page.line({{one.dialect, Ink::kBold}});
  page.paragraph({},
                 fmt::format("{} cases, {} commands, {} virtual hours{}{}{}", found.cases, found.commands,
                             found.coverage.time / std::chrono::hours(1), unjudged_of(found.unjudged),
                             ending_of(found.ended), blocks_of(found)),
                 2);
  if (found.corpus) {
    page.paragraph(
        {},
        fmt::format("corpus: {} cases with {} features; {} cases were found with {} more", found.corpus->cases,
                    found.corpus->features, thinned(found.kept).size(), features_of(found.kept)),
        2);
  }
  for (const Counterexample& counterexample : found.counterexamples) {
    if (!counterexample.same_as.empty()) continue;
    page.blank();
    write(counterexample, replays, page);
  }
  for (const std::string& trouble : found.troubles) page.paragraph({{"harness: ", Ink::kBad}}, trouble, 2);
  page.blank();
  write_transitions(found.coverage, page);
  page.blank();
  page.paragraph({{"judged  ", Ink::kDim}}, requirements_of(found.coverage), 2);
  page.paragraph({{"waited to  ", Ink::kDim}}, boundaries_of(one), 2);
  for (const std::string& lack : one.unreached) page.paragraph({{"not reached  ", Ink::kUnsure}}, lack, 2);
  page.blank();
}

}  // namespace

std::string explore_report(const conformance::ExploreResult& result, const std::map<std::string, std::string>& replays,
                           std::optional<double> seconds, const reports::TerminalOptions& options) {
  TerminalPage page(options);
  std::uint64_t cases = 0;
  std::uint64_t unjudged = 0;
  std::size_t found = 0;
  for (const DialectExploration& one : result.dialects) {
    write(one, replays, page);
    cases += one.exploration.cases;
    unjudged += one.exploration.unjudged;
    found += static_cast<std::size_t>(
        std::count_if(one.exploration.counterexamples.begin(), one.exploration.counterexamples.end(),
                      [](const Counterexample& counterexample) { return counterexample.same_as.empty(); }));
  }
  const std::string pace = seconds ? fmt::format(", {:.1f} s ({:.0f} cases a second)", *seconds,
                                                 static_cast<double>(cases) / std::max(*seconds, 1e-9))
                                   : "";
  const std::string judged = fmt::format(" in {} cases{}{}", cases, unjudged_of(unjudged), pace);
  if (found > 0) {
    page.line({{fmt::format("{} counterexample{}", found, found == 1 ? "" : "s"), Ink::kBad}, {judged}});
  } else if (cases == 0) {
    page.line({{"Nothing was judged", Ink::kUnsure}, {judged}});
  } else {
    page.line({{"No promise was broken", unjudged == 0 ? Ink::kGood : Ink::kUnsure}, {judged}});
  }
  return page.take();
}

}  // namespace pinproof::program
