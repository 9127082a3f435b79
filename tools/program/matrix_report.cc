#include "tools/program/matrix_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace pinproof::program {
namespace {

using conformance::Kill;
using conformance::KillMatrix;
using conformance::NamedReadings;
using conformance::NotPassed;
using conformance::DeviationOutcome;
using conformance::RightGateway;
using conformance::WrongGateway;
using reports::Ink;
using reports::TerminalPage;

constexpr std::size_t kRequirementColumns = 9;
/// Of a right gateway that did not pass, so many scenarios are shown; the JSON has all.
constexpr std::size_t kNotPassedMax = 5;

std::string in_words(const NamedReadings& readings) {
  std::string text;
  for (const auto& [name, value] : readings) text += (text.empty() ? "" : ", ") + name + "=" + value;
  return text;
}

std::string_view seen_by(const Kill& kill) {
  if (kill.by_expectation && kill.by_monitor) return "expectation and monitor";
  return kill.by_expectation ? "expectation" : "monitor";
}

/// "helodata/sticky/over-thirty-rejected (expectation) and 2 more".
std::string killers_of(const WrongGateway& row) {
  if (row.kills.empty()) return "all scenarios together (monitor)";
  std::string text = fmt::format("{} ({})", row.kills.front().scenario, seen_by(row.kills.front()));
  if (row.kills.size() > 1) text += fmt::format(" and {} more", row.kills.size() - 1);
  return text;
}

std::string without_a_kill(const WrongGateway& row) {
  std::string text = row.outcome == DeviationOutcome::kSurvived
                         ? "survived"
                         : fmt::format("killed only by {}", fmt::join(row.others, ", "));
  text += fmt::format("; {} is {}", row.requirement, row.verdict);
  if (!row.reason.empty()) text += ": " + row.reason;
  return text;
}

/// A deviation that is killed takes one line, whatever its length, so that rows can be searched.
void write(const WrongGateway& row, std::size_t width, TerminalPage& page) {
  const bool killed = row.outcome == DeviationOutcome::kKilled;
  std::vector<reports::Span> spans{{killed ? "✓ " : "✗ ", killed ? Ink::kGood : Ink::kBad},
                                   {fmt::format("{:<{}}  ", row.id, width), killed ? Ink::kPlain : Ink::kBold},
                                   {fmt::format("{:<{}}", row.requirement, kRequirementColumns), Ink::kDim}};
  if (killed) {
    spans.push_back({killers_of(row)});
    if (!row.others.empty()) spans.push_back({fmt::format("; also fails {}", fmt::join(row.others, ", ")), Ink::kDim});
    page.line(spans);
  } else {
    page.line(spans);
    page.paragraph({}, without_a_kill(row), 4);
  }
  for (const NotPassed& error : row.harness_errors)
    page.paragraph({{error.verdict + "  ", Ink::kBad}}, error.scenario + ": " + error.reason, 4);
}

void write(const RightGateway& row, std::size_t width, TerminalPage& page) {
  const std::string readings = in_words(row.readings);
  page.line({{row.passed() ? "✓ " : "✗ ", row.passed() ? Ink::kGood : Ink::kBad},
             {fmt::format("{:<{}}  ", row.id, width), row.passed() ? Ink::kPlain : Ink::kBold},
             {row.title},
             {readings.empty() ? "" : ", read with " + readings, Ink::kDim}});
  if (!row.failed.empty()) page.paragraph({{"fails ", Ink::kBad}}, fmt::format("{}", fmt::join(row.failed, ", ")), 4);
  for (std::size_t i = 0; i < std::min(row.not_passed.size(), kNotPassedMax); ++i) {
    const NotPassed& scenario = row.not_passed[i];
    page.paragraph({{scenario.verdict + "  ", Ink::kBad}}, scenario.scenario + ": " + scenario.reason, 4);
  }
  if (row.not_passed.size() > kNotPassedMax)
    page.line({{fmt::format("… and {} more scenarios", row.not_passed.size() - kNotPassedMax), Ink::kDim}}, 4);
}

/// "Every requirement has a killer", or the list of them.
void write_list(const std::string& none, const std::string& some, const std::vector<std::string>& ids,
                TerminalPage& page) {
  page.blank();
  if (ids.empty()) {
    page.line({{none}});
    return;
  }
  page.line({{fmt::format("{} ({}):", some, ids.size()), Ink::kBold}});
  for (const std::string& id : ids) page.line({{id}}, 2);
}

std::size_t passed_of(const std::vector<RightGateway>& gateways) {
  return static_cast<std::size_t>(
      std::count_if(gateways.begin(), gateways.end(), [](const RightGateway& gateway) { return gateway.passed(); }));
}

void write_summary(const KillMatrix& matrix, double wall_seconds, TerminalPage& page) {
  const auto killed = std::count_if(matrix.deviations.begin(), matrix.deviations.end(),
                                    [](const WrongGateway& row) { return row.outcome == DeviationOutcome::kKilled; });
  const bool good = matrix.complete && proves_the_suite(matrix) && !harness_failed(matrix);
  page.blank();
  page.paragraph(
      {{good ? "✓ " : "✗ ", good ? Ink::kGood : Ink::kBad}},
      fmt::format("{} of {} deviations killed by the requirement they break; {} of {} right gateways pass; {} "
                  "scenarios, seed {}, {:.1f} s",
                  killed, matrix.deviations.size(), passed_of(matrix.references) + passed_of(matrix.conforming),
                  matrix.references.size() + matrix.conforming.size(), matrix.scenarios, matrix.seed, wall_seconds),
      0);
  if (!matrix.complete)
    page.line({{"incomplete: the run was interrupted, and this is what was gathered", Ink::kUnsure}}, 2);
}

}  // namespace

std::string matrix_report(const KillMatrix& matrix, double wall_seconds, const reports::TerminalOptions& options) {
  TerminalPage page(options);
  std::size_t width = 0;
  for (const auto* gateways : {&matrix.references, &matrix.conforming}) {
    for (const RightGateway& row : *gateways) width = std::max(width, row.id.size());
  }
  for (const WrongGateway& row : matrix.deviations) width = std::max(width, row.id.size());

  page.line({{"Right: these have to pass everything", Ink::kBold}});
  for (const RightGateway& row : matrix.references) write(row, width, page);
  for (const RightGateway& row : matrix.conforming) write(row, width, page);
  page.blank();
  page.line({{"Wrong: each has to be killed by the requirement it breaks", Ink::kBold}});
  for (const WrongGateway& row : matrix.deviations) write(row, width, page);

  std::vector<std::string> survivors;
  for (const WrongGateway& row : matrix.deviations) {
    if (row.outcome != DeviationOutcome::kKilled) survivors.push_back(row.id);
  }
  write_list("No survivors", "Survivors", survivors, page);
  if (matrix.complete && matrix.whole) {
    write_list("Every scenario kills something", "Scenarios that kill nothing", matrix.idle_scenarios, page);
    write_list("Every requirement has a killer", "Requirements with no killer", matrix.requirements_unkilled, page);
  }
  write_summary(matrix, wall_seconds, page);
  return page.take();
}

}  // namespace pinproof::program
