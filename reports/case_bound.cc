#include "reports/case_bound.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "reports/escape.h"

namespace pinproof::reports {
namespace {

/// Of all cases with what is told of each; the details have a bound of their own (case_detail.h).
constexpr std::size_t kCasesBytesMax = 8'000'000;

/// Of that, beyond a line each.
constexpr std::size_t kReasonsBytesMax = 3'000'000;
constexpr std::size_t kShortReasonColumns = 120;

/// What a case takes in the wordiest format, CTRF, without any text in it.
constexpr std::size_t kCaseFrameBytes = 300;

/// What is kept first has the lowest.
int rank_of(const CaseDraft& draft) {
  if (draft.is_run) return 0;
  switch (draft.one.outcome) {
    case Outcome::kFailed:
    case Outcome::kError:
      return 1;
    case Outcome::kKnown:
      return 2;
    case Outcome::kSkipped:
      return 3;
    case Outcome::kPassed:
      break;
  }
  return 4;
}

std::size_t bytes_of(const CaseDraft& draft, const std::string& suite) {
  const Case& one = draft.one;
  return kCaseFrameBytes + written_bytes(suite) + written_bytes(one.name) + written_bytes(one.verdict) +
         written_bytes(one.file) + written_bytes(one.reason);
}

std::string in_words(const OutcomeCounts& counts) {
  constexpr std::string_view kWords[] = {"passed", "failed", "in error", "skipped", "known"};
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] != 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts[i], kWords[i]);
  }
  return text;
}

}  // namespace

CaseList bounded(const std::vector<std::string>& suites, std::vector<CaseDraft> drafts) {
  std::vector<std::size_t> order(drafts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank_of(drafts[a]) < rank_of(drafts[b]); });

  CaseDetails details;
  OutcomeCounts left_out{};
  std::vector<bool> is_left_out(drafts.size());
  std::size_t bytes = 0;
  std::size_t bytes_of_reasons = 0;
  std::size_t shortened = 0;
  bool full = false;
  for (const std::size_t i : order) {
    CaseDraft& draft = drafts[i];
    const std::string whole = draft.one.reason;
    draft.one.reason = escape_tags(whole, kShortReasonColumns);
    const std::size_t more = written_bytes(whole) - std::min(written_bytes(draft.one.reason), written_bytes(whole));
    if (bytes_of_reasons + more <= kReasonsBytesMax) {
      bytes_of_reasons += more;
      draft.one.reason = whole;
    }
    bytes += bytes_of(draft, suites[draft.suite]);
    full = full || bytes > kCasesBytesMax;
    is_left_out[i] = full && !draft.is_run;
    if (is_left_out[i]) {
      ++left_out[static_cast<std::size_t>(draft.one.outcome)];
      continue;
    }
    if (draft.detail) draft.one.detail = draft.detail(details);
    if (draft.one.reason != whole || (draft.detail && draft.one.detail.empty())) ++shortened;
  }

  CaseList list;
  if (shortened != 0)
    list.notes.push_back(fmt::format("of {} cases only a line is here; the result has the rest", shortened));
  if (const std::string words = in_words(left_out); !words.empty())
    list.notes.push_back(fmt::format("left out here, and counted: {}; the result has them", words));
  for (const std::string& name : suites) list.suites.push_back({name, {}, {}});
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Suite& suite = list.suites[drafts[i].suite];
    Case& one = drafts[i].one;
    if (is_left_out[i]) {
      ++suite.left_out[static_cast<std::size_t>(one.outcome)];
      continue;
    }
    if (drafts[i].is_run) one.detail.insert(one.detail.end(), list.notes.begin(), list.notes.end());
    suite.cases.push_back(std::move(one));
  }
  return list;
}

}  // namespace pinproof::reports
