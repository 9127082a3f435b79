#include "tools/program/explore_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace pinproof::program {
namespace {

using conformance::Counterexample;
using conformance::Coverage;
using conformance::DialectExploration;
using conformance::kSessionEvents;
using conformance::kSessionStates;
using reports::Ink;
using reports::TerminalPage;

void write(const Counterexample& one, const std::map<std::string, std::string>& replays, TerminalPage& page) {
  page.paragraph({{"✗ ", Ink::kBad}, {one.requirement + "  ", Ink::kBold}}, one.reason, 0);
  page.paragraph({}, one.scenario.title, 2);
  page.paragraph({},
                 fmt::format("Case {}: {} commands shrunk to {} steps in {} tries{}.", one.number, one.commands,
                             one.scenario.steps.size(), one.tries,
                             one.confirmed ? "" : "; not confirmed: played again on the target it did not fail"),
                 2, Ink::kDim);
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
  const std::vector<std::string> names = boundary_names(one.world);
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (text.empty() ? "" : ", ") + names[i] + " " + std::to_string(one.exploration.coverage.boundaries.at(i));
  return text;
}

void write(const DialectExploration& one, const std::map<std::string, std::string>& replays, TerminalPage& page) {
  const auto& found = one.exploration;
  page.line({{one.dialect, Ink::kBold}});
  page.paragraph({},
                 fmt::format("{} cases, {} commands, {} virtual hours{}", found.cases, found.commands,
                             found.coverage.time / std::chrono::hours(1), found.complete ? "" : ", interrupted"),
                 2);
  for (const Counterexample& counterexample : found.counterexamples) {
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

std::string explore_report(const std::vector<DialectExploration>& explorations,
                           const std::map<std::string, std::string>& replays, double seconds,
                           const reports::TerminalOptions& options) {
  TerminalPage page(options);
  std::uint64_t cases = 0;
  std::size_t counterexamples = 0;
  for (const DialectExploration& one : explorations) {
    write(one, replays, page);
    cases += one.exploration.cases;
    counterexamples += one.exploration.counterexamples.size();
  }
  page.line(
      {{counterexamples == 0 ? "No promise was broken"
                             : fmt::format("{} counterexample{}", counterexamples, counterexamples == 1 ? "" : "s"),
        counterexamples == 0 ? Ink::kGood : Ink::kBad},
       {fmt::format(" in {} cases, {:.1f} s ({:.0f} cases a second)", cases, seconds,
                    static_cast<double>(cases) / std::max(seconds, 1e-9))}});
  return page.take();
}

}  // namespace pinproof::program
