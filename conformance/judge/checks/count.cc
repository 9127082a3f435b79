// Of how many of a group something holds.
#include "conformance/judge/checks/answers.h"
#include "conformance/judge/checks/checks.h"
#include "conformance/scenario/words.h"

namespace pinproof::conformance {
namespace {

std::string words_of(const CountCheck& check) {
  std::string words;
  if (check.outcome) words = "to be " + std::string(word_of(kOutcomeWords, *check.outcome));
  if (check.repinned) {
    words += words.empty() ? "" : " and ";
    words += *check.repinned ? "to be announced as re-pinned" : "not to be announced as re-pinned";
  }
  return words;
}

}  // namespace

Ruling rule(const CountCheck& check, const Subject& subject, const Seen& all) {
  Range<std::int64_t> count{0, 0};
  std::vector<std::uint64_t> counted;
  const auto add = [&](const Ruling& ruling, std::uint64_t id) {
    if (ruling.verdict == Verdict::kFail) return;
    if (ruling.verdict == Verdict::kPass) ++count.low;
    ++count.high;
    counted.push_back(id);
  };
  for (const Observation* const seen : subject.observations) {
    std::vector<Ruling> rulings;
    if (check.repinned) rulings.push_back(repin_is(*check.repinned, *seen, all));
    if (check.outcome) rulings.push_back(outcome_is(*check.outcome, *seen, all));
    add(worst_of(rulings), seen->id);
  }
  for (const ApiCall* const call : subject.calls) {
    if (check.outcome) add(outcome_is(*check.outcome, *call), call->id);
  }
  const std::size_t total = subject.observations.size() + subject.calls.size();
  const std::string expected = words_of(check.count) + " of " + std::to_string(total) + " " + words_of(check);
  return within_as<std::int64_t>(expected, count, check.count, counted.empty() ? subject.ids() : counted);
}

}  // namespace pinproof::conformance
