#include "reports/case_detail.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>

#include "reports/escape.h"
#include "reports/excerpt.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kCommandColumnsMax = 1'200;
constexpr std::size_t kCaseBytesMax = 8'000;
constexpr std::size_t kAllBytesMax = 4'000'000;

/// The indentation of a line, in TAP.
constexpr std::size_t kLineFrameBytes = 10;

/// Where a promise broke, or held: more are counted.
constexpr std::size_t kPlacesMax = 3;

}  // namespace

std::size_t written_bytes(std::string_view text) {
  const auto entities = std::count_if(
      text.begin(), text.end(), [](char c) { return std::string_view("&<>\"'\\").find(c) != std::string_view::npos; });
  return text.size() + 5 * static_cast<std::size_t>(entities);
}

void CaseDetails::begin() {
  lines_.clear();
  bytes_ = 0;
  cut_ = bytes_all_ > kAllBytesMax;
}

void CaseDetails::line(std::string_view text, std::size_t columns_max) {
  if (cut_) return;
  std::string shown = escape_tags(text, columns_max);
  bytes_ += shown.size() + 1;
  bytes_all_ += written_bytes(shown) + kLineFrameBytes;
  cut_ = bytes_ > kCaseBytesMax || bytes_all_ > kAllBytesMax;
  if (cut_ && lines_.empty()) return;
  lines_.push_back(cut_ ? "… the rest is left out here; the result has it" : std::move(shown));
}

void CaseDetails::command(std::string_view what, const std::string& text, std::string_view field) {
  if (text.empty()) return;
  const std::string shown = fmt::format("{}: {}", what, text);
  // A part of a command is none.
  if (escape_tags(shown, kCommandColumnsMax) == escape_tags(shown, kCommandColumnsMax + text.size())) {
    line(shown, kCommandColumnsMax);
  } else {
    line(fmt::format("{}: the result has the command, as {}", what, field));
  }
}

std::vector<std::string> CaseDetails::end() { return std::move(lines_); }

const ScenarioResult* CaseDetails::find_scenario(const Result& result, const std::string& id) {
  if (indexed_ != &result) {
    scenarios_.clear();
    for (const ScenarioResult& scenario : result.scenarios) scenarios_.emplace(scenario.id, &scenario);
    indexed_ = &result;
  }
  const auto found = scenarios_.find(id);
  return found == scenarios_.end() ? nullptr : found->second;
}

std::vector<std::string> CaseDetails::of_run(const Result& result) {
  begin();
  line(fmt::format("target: {} ({}), rules {}", result.target.name, result.target.kind, result.target.rules));
  line(fmt::format("{} {}, seed {}", result.program, result.version, result.seed));
  for (const ReadingResult& reading : result.readings) {
    if (reading.differs) line(fmt::format("reading: {}={} ({})", reading.name, reading.value, reading.dialect));
  }
  command("again", result.reproduce, "how_to_reproduce");
  return end();
}

std::vector<std::string> CaseDetails::of_requirement(const RequirementResult& row, const Result& result) {
  begin();
  const std::string& promise = row.statement.empty() ? row.title : row.statement;
  line(fmt::format("{} ({}): {}", row.id, row.level, promise));
  if (!row.source.empty()) line("source: " + row.source);
  if (!row.reading.empty()) line("reading: " + row.reading);
  if (!row.reason.empty()) line(row.verdict + ": " + row.reason);
  std::size_t shown = 0;
  for (const Evidence& evidence : row.evidence) {
    if (++shown > kPlacesMax) break;
    const std::string step = evidence.step.empty() ? "" : "  " + evidence.step;
    line(evidence.scenario + step);
    if (!evidence.reason.empty() && evidence.reason != row.reason) line("  " + evidence.reason);
    if (row.verdict == "pass") continue;
    const ScenarioResult* const scenario = find_scenario(result, evidence.scenario);
    if (scenario != nullptr) exchanges(*scenario, evidence);
    command("  replay", evidence.replay, "replay");
  }
  if (row.evidence.size() > kPlacesMax) line(fmt::format("… and in {} more", row.evidence.size() - kPlacesMax));
  return end();
}

std::vector<std::string> CaseDetails::of_scenario(const ScenarioResult& row) {
  begin();
  line(row.id + ": " + row.title);
  if (!row.reason.empty()) line(row.verdict + ": " + row.reason);
  exchanges(row, {});
  command("  replay", row.replay, "replay");
  return end();
}

void CaseDetails::exchanges(const ScenarioResult& scenario, const Evidence& evidence) {
  const std::set<std::uint64_t> proof(evidence.observations.begin(), evidence.observations.end());
  for (const ExcerptLine& one : excerpt(scenario.exchanges, proof)) {
    if (one.exchange == nullptr) {
      line(fmt::format("    … {} more {}", one.left_out, one.left_out == 1 ? "exchange" : "exchanges"));
    } else {
      line(fmt::format("  {} {}  {}", one.proves ? "▶" : " ", one.exchange->at, one.exchange->text));
    }
  }
}

}  // namespace pinproof::reports
