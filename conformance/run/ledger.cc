#include "conformance/run/ledger.h"

#include <fmt/format.h>

#include <chrono>
#include <set>
#include <utility>
#include <vector>

#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

using sim::JsonReader;

/// A reason of that is made again by every run: without it a first ledger would have thousands of characters a line.
constexpr std::size_t kWhyLengthMax = 300;

constexpr std::string_view kNotPlayed = "not played";

std::vector<std::string_view> verdict_words() {
  std::vector<std::string_view> words;
  for (int verdict = 0; verdict <= static_cast<int>(Verdict::kHarnessError); ++verdict) {
    words.push_back(to_string(static_cast<Verdict>(verdict)));
  }
  return words;
}

/// A day of the calendar, written so that earlier ones come first in the order of text too.
bool is_day(const std::string& text) {
  constexpr std::string_view kShape = "0000-00-00";
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = kShape[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == kShape[i];
    if (!fits) return false;
  }
  const auto number = [&](std::size_t from, std::size_t size) {
    return static_cast<unsigned>(std::stoul(text.substr(from, size)));
  };
  return std::chrono::year_month_day(std::chrono::year(static_cast<int>(number(0, 4))),
                                     std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2)))
      .ok();
}

std::map<std::string, LedgerEntry> read_entries(const JsonReader& json,
                                                const std::map<std::string, std::string>& reasons) {
  std::map<std::string, LedgerEntry> entries;
  for (const auto& [id, row] : json.members()) {
    row.object({"verdict", "why", "until"});
    LedgerEntry entry;
    entry.verdict = static_cast<Verdict>(row.at("verdict").choose(verdict_words()));
    entry.why = row.at("why").non_empty_string();
    const auto reason = reasons.find(entry.why);
    if (reason != reasons.end()) {
      entry.why = reason->second;
    } else if (entry.why.find(' ') == std::string::npos) {
      row.at("why").refuse("a sentence, or the name of one under \"reasons\"");
    }
    if (const auto until = row.optional("until")) {
      entry.until = until->string();
      if (!is_day(entry.until)) until->refuse("a day of the calendar: \"2026-12-31\"");
    }
    entries.emplace(id, std::move(entry));
  }
  return entries;
}

Ledger read_ledger(const JsonReader& json) {
  const JsonReader version = json.at("ledger");
  if (version.integer() != 1) version.refuse("1");
  json.object({"$schema", "ledger", "target", "reasons", "scenarios", "requirements"});
  Ledger ledger;
  ledger.target = json.at("target").non_empty_string();
  std::map<std::string, std::string> reasons;
  if (const auto named = json.optional("reasons")) {
    for (const auto& [name, reason] : named->members()) reasons.emplace(name, reason.non_empty_string());
  }
  ledger.scenarios = read_entries(json.at("scenarios"), reasons);
  ledger.requirements = read_entries(json.at("requirements"), reasons);
  return ledger;
}

/// Compares rows of one kind, and keeps which of the ledger's have been met.
class Comparison {
 public:
  Comparison(std::string kind, const std::map<std::string, LedgerEntry>& entries, std::string_view today,
             reports::LedgerOutcome& outcome)
      : kind_(std::move(kind)), entries_(entries), today_(today), outcome_(outcome) {}

  void row(const std::string& id, const std::string& found, const std::string& reason) {
    met_.insert(id);
    const auto entry = entries_.find(id);
    const LedgerEntry expected = entry == entries_.end() ? LedgerEntry{} : entry->second;
    const bool has_expired = !expected.until.empty() && expected.until < today_;
    if (has_expired) {
      outcome_.differences.push_back(
          {kind_, id, std::string(to_string(Verdict::kPass)), expected.why, expected.until, found, reason});
    } else if (to_string(expected.verdict) != found) {
      outcome_.differences.push_back(
          {kind_, id, std::string(to_string(expected.verdict)), expected.why, "", found, reason});
    } else if (expected.verdict != Verdict::kPass) {
      outcome_.known.push_back({kind_, id, found, expected.why, expected.until});
    }
  }

  void rest() {
    for (const auto& [id, entry] : entries_) {
      if (met_.contains(id)) continue;
      outcome_.differences.push_back(
          {kind_, id, std::string(to_string(entry.verdict)), entry.why, "", std::string(kNotPlayed), ""});
    }
  }

 private:
  std::string kind_;
  const std::map<std::string, LedgerEntry>& entries_;
  std::string_view today_;
  reports::LedgerOutcome& outcome_;
  std::set<std::string> met_;
};

void append_entry(std::string& out, const std::string& id, const std::string& verdict, const std::string& reason) {
  if (verdict == to_string(Verdict::kPass)) return;
  const std::string why = reason.empty() ? "no reason was given" : reason.substr(0, kWhyLengthMax);
  if (out.back() != '{') out += ',';
  // A single word would be taken for the name of a reason.
  const std::string sentence = why.find(' ') == std::string::npos ? why + " (the judge's word)" : why;
  out += fmt::format("\n    {}: {{\"verdict\": {}, \"why\": {}}}", sim::json_text(id), sim::json_text(verdict),
                     sim::json_text(sentence));
}

}  // namespace

sim::Parsed<Ledger> parse_ledger(std::string file, std::string_view text) {
  const std::string name = file;
  auto parsed = sim::parse_json(std::move(file), text, read_ledger);
  if (auto* const ledger = std::get_if<Ledger>(&parsed)) ledger->file = name;
  return parsed;
}

reports::LedgerOutcome compare(const Ledger& ledger, const reports::Result& result, bool narrowed,
                               std::string_view today) {
  reports::LedgerOutcome outcome;
  outcome.file = ledger.file;
  outcome.narrowed = narrowed;
  Comparison scenarios("scenario", ledger.scenarios, today, outcome);
  for (const reports::ScenarioResult& row : result.scenarios) scenarios.row(row.id, row.verdict, row.reason);
  if (narrowed) return outcome;
  scenarios.rest();
  Comparison requirements("requirement", ledger.requirements, today, outcome);
  for (const reports::RequirementResult& row : result.requirements) requirements.row(row.id, row.verdict, row.reason);
  requirements.rest();
  return outcome;
}

std::string ledger_text(const reports::Result& result) {
  std::string text =
      fmt::format("{{\n  \"ledger\": 1,\n  \"target\": {},\n  \"scenarios\": {{",
                  sim::json_text(result.target.rules.empty() ? result.target.name : result.target.rules));
  for (const reports::ScenarioResult& row : result.scenarios) append_entry(text, row.id, row.verdict, row.reason);
  text += "\n  },\n  \"requirements\": {";
  for (const reports::RequirementResult& row : result.requirements) {
    append_entry(text, row.id, row.verdict, row.reason);
  }
  return text + "\n  }\n}\n";
}

}  // namespace pinproof::conformance
