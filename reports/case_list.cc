#include "reports/case_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>

#include "reports/case_bound.h"
#include "reports/case_detail.h"
#include "reports/deciding.h"
#include "reports/escape.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kNameColumnsMax = 160;
constexpr std::size_t kSegmentColumnsMax = 60;
constexpr std::size_t kReasonColumnsMax = 600;
constexpr std::size_t kFileColumnsMax = 300;

/// A part of a suite's name. Jenkins makes packages of what dots divide.
std::string segment(std::string_view text) {
  std::string name = escape_tags(text.empty() ? "unnamed" : text, kSegmentColumnsMax);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '.' || c == ' ' || c == '/'; }, '-');
  return name;
}

bool is_trouble(std::string_view verdict) { return verdict == "setup_fail" || verdict == "harness_error"; }

/// The cases of one result, under a prefix of their own.
class ResultCases {
 public:
  ResultCases(const Result& result, std::string prefix, std::vector<std::string>& suites,
              std::vector<CaseDraft>& drafts)
      : result_(result), prefix_(std::move(prefix)), suites_(suites), drafts_(drafts) {
    if (result.ledger) {
      for (const LedgerDifference& one : result.ledger->differences) differences_.emplace(Row{one.kind, one.id}, &one);
      for (const LedgerKnown& one : result.ledger->known) known_.emplace(Row{one.kind, one.id}, &one);
    }
  }

  void append() {
    add("run", {0, whole_run(), [&result = result_](CaseDetails& details) { return details.of_run(result); }, true});
    // Requirements first: what they answer for is not counted again at their scenarios.
    for (const RequirementResult& row : result_.requirements) {
      add("requirements." + segment(row.dialect) + "." + segment(row.set), requirement_case(row));
    }
    for (const ScenarioResult& row : result_.scenarios) append_scenario(row);
    for (const auto& [row, difference] : differences_) {
      if (!met_.contains(row)) add("ledger", {0, not_played(*difference), {}, false});
    }
  }

 private:
  using Row = std::pair<std::string_view, std::string_view>;  // kind, id

  Case whole_run() const {
    Case one;
    one.name = "the run came to its end";
    one.verdict = "pass";
    if (!result_.complete) one.reason = "interrupted: this is what was gathered until then";
    if (result_.scenarios.empty()) one.reason = "no scenario was played";
    // A run that executed nothing is never a success, unless a ledger says that so it is.
    if (one.reason.empty() && !result_.ledger && !was_anything_executed())
      one.reason = "nothing could be played to the end";
    if (!one.reason.empty()) {
      one.outcome = Outcome::kError;
      one.verdict = "harness_error";
    }
    return one;
  }

  bool was_anything_executed() const {
    return std::any_of(result_.scenarios.begin(), result_.scenarios.end(), [](const ScenarioResult& row) {
      constexpr std::array<std::string_view, 4> kExecuted = {"pass", "fail", "inconclusive", "not_exercised"};
      return std::find(kExecuted.begin(), kExecuted.end(), row.verdict) != kExecuted.end();
    });
  }

  CaseDraft requirement_case(const RequirementResult& row) {
    Case one;
    one.name = row.id + " " + row.title;
    one.verdict = row.verdict;
    one.reason = row.reason;
    judge({"requirement", row.id}, one, why_it_does_not_decide(row, result_.set));
    if (row.verdict == "fail") {
      for (const Evidence& evidence : row.evidence) answering_[evidence.scenario].push_back({&row, one.outcome});
    }
    const Result& result = result_;
    return {0, std::move(one), [&row, &result](CaseDetails& details) { return details.of_requirement(row, result); },
            false};
  }

  void append_scenario(const ScenarioResult& row) {
    const std::size_t slash = row.id.rfind('/');
    std::string suite = "scenarios";
    std::size_t from = 0;
    while (slash != std::string::npos && from < slash) {
      const std::size_t to = row.id.find('/', from);
      suite += "." + segment(std::string_view(row.id).substr(from, to - from));
      from = to + 1;
    }
    Case one;
    one.name = slash == std::string::npos ? row.id : row.id.substr(slash + 1);
    one.verdict = row.verdict;
    one.file = escape_tags(row.file, kFileColumnsMax);
    one.reason = row.reason;
    judge({"scenario", row.id}, one, "");
    if (row.verdict == "fail" && one.outcome == Outcome::kFailed) count_once(row, one);
    CaseDraft draft{0, std::move(one), {}, false};
    if (row.verdict != "pass") draft.detail = [&row](CaseDetails& details) { return details.of_scenario(row); };
    add(suite, std::move(draft));
  }

  /// A scenario that fails only shows what a requirement answers for.
  void count_once(const ScenarioResult& row, Case& one) const {
    const auto found = answering_.find(row.id);
    if (found == answering_.end()) return;
    std::string counted;
    std::string reported;
    for (const Answer& answer : found->second) {
      std::string& ids = answer.outcome == Outcome::kFailed ? counted : reported;
      if (ids.size() > kReasonColumnsMax) continue;  // no more would be seen
      if (ids.find(answer.row->id) == std::string::npos) ids += (ids.empty() ? "" : ", ") + answer.row->id;
    }
    // In a narrowed run nobody else speaks for the difference.
    const bool is_difference = differences_.contains({"scenario", row.id});
    if (counted.empty() && is_difference) return;
    one.outcome = Outcome::kSkipped;
    one.reason = counted.empty() ? fmt::format("fail, reported at {}, which does not decide: {}", reported, row.reason)
                                 : fmt::format("fail, counted at {}: {}", counted, row.reason);
  }

  /// Fills in the outcome, and says in the reason what it needs beside the judge's own.
  void judge(const Row& row, Case& one, const std::string& why_it_does_not_decide) {
    met_.insert(row);
    const std::string judged = one.reason;
    if (const auto found = differences_.find(row); found != differences_.end()) {
      one.outcome = Outcome::kFailed;
      one.reason = said(*found->second);
      return;
    }
    if (one.verdict == "pass") {
      one.reason.clear();
      return;
    }
    if (const auto found = known_.find(row); found != known_.end()) {
      const bool is_bad = one.verdict == "fail" || is_trouble(one.verdict);
      one.outcome = is_bad ? Outcome::kKnown : Outcome::kSkipped;
      one.reason = fmt::format("{}, known: {}", one.verdict, found->second->why);
      if (!found->second->until.empty()) one.reason += fmt::format(" (until {})", found->second->until);
      return;
    }
    one.outcome = Outcome::kSkipped;
    one.reason = one.verdict + (judged.empty() ? "" : ": " + judged);
    if (result_.ledger && result_.ledger->narrowed && row.first == "requirement") {
      one.reason += " (the run was narrowed: the ledger goes by scenario)";
    } else if (one.verdict == "fail" && !why_it_does_not_decide.empty()) {
      one.reason = fmt::format("fail, {}: {}", why_it_does_not_decide, judged);
    } else if (one.verdict == "fail") {
      one.outcome = Outcome::kFailed;
      one.reason = judged;
    } else if (is_trouble(one.verdict)) {
      one.outcome = Outcome::kError;
      one.reason = judged;
    }
  }

  static std::string said(const LedgerDifference& one) {
    std::string text = fmt::format("not as the ledger says: expected {}, found {}", one.expected, one.found);
    if (!one.reason.empty()) text += ": " + one.reason;
    if (!one.expired.empty()) text += fmt::format("; the entry ran out on {}", one.expired);
    if (!one.why.empty()) text += fmt::format("; expected because: {}", one.why);
    return text;
  }

  static Case not_played(const LedgerDifference& difference) {
    Case one;
    one.name = difference.kind + " " + difference.id;
    one.verdict = difference.found;
    one.outcome = Outcome::kFailed;
    one.reason = said(difference);
    return one;
  }

  void add(const std::string& suite, CaseDraft draft) {
    Case& one = draft.one;
    const std::string name = prefix_ + "." + suite;
    auto [place, is_new] = places_.emplace(name, suites_.size());
    if (is_new) suites_.push_back(name);
    one.name = escape_tags(one.name, kNameColumnsMax);
    if (one.name.find_first_not_of(' ') == std::string::npos) one.name = "unnamed";
    std::string unique = one.name;
    for (int times = 2; !names_.insert({name, unique}).second; ++times)
      unique = fmt::format("{} ({})", one.name, times);
    one.name = std::move(unique);
    one.verdict = escape_tags(one.verdict, kSegmentColumnsMax);
    one.reason = escape_tags(one.reason, kReasonColumnsMax);
    if (one.verdict.empty()) one.verdict = "no verdict";
    if (one.reason.empty() && one.outcome != Outcome::kPassed) one.reason = one.verdict;
    draft.suite = place->second;
    drafts_.push_back(std::move(draft));
  }

  struct Answer {
    const RequirementResult* row;
    Outcome outcome;
  };

  const Result& result_;
  std::string prefix_;
  std::vector<std::string>& suites_;  // their names
  std::vector<CaseDraft>& drafts_;
  std::map<Row, const LedgerDifference*> differences_;
  std::map<Row, const LedgerKnown*> known_;
  std::set<Row> met_;
  std::map<std::string, std::vector<Answer>, std::less<>> answering_;  // for a scenario that failed
  std::map<std::string, std::size_t> places_;                          // of suites, by name
  std::set<std::pair<std::string, std::string>> names_;
};

}  // namespace

std::size_t Suite::size() const { return std::accumulate(left_out.begin(), left_out.end(), cases.size()); }

std::size_t Suite::count(Outcome outcome) const {
  return left_out[static_cast<std::size_t>(outcome)] +
         static_cast<std::size_t>(
             std::count_if(cases.begin(), cases.end(), [outcome](const Case& one) { return one.outcome == outcome; }));
}

std::size_t CaseList::size() const {
  return std::accumulate(suites.begin(), suites.end(), std::size_t{0},
                         [](std::size_t sum, const Suite& suite) { return sum + suite.size(); });
}

std::size_t CaseList::count(Outcome outcome) const {
  return std::accumulate(suites.begin(), suites.end(), std::size_t{0},
                         [outcome](std::size_t sum, const Suite& suite) { return sum + suite.count(outcome); });
}

CaseList case_list(const Report& report) {
  std::vector<std::string> suites;
  std::vector<CaseDraft> drafts;
  std::set<std::string> prefixes;
  for (const Result& result : report.results) {
    // With one result the names do not depend on the target's: they stay equal when it is called otherwise.
    std::string prefix = report.results.size() == 1 ? "pinproof" : segment(result.target.name);
    const std::string first = prefix;
    for (int times = 2; !prefixes.insert(prefix).second; ++times) prefix = fmt::format("{}-{}", first, times);
    ResultCases(result, prefix, suites, drafts).append();
  }
  return bounded(suites, std::move(drafts));
}

}  // namespace pinproof::reports
