// Delays. What is measured lies within the tolerance that the history declares.
#include <algorithm>
#include <chrono>
#include <string>
#include <tuple>

#include "conformance/judge/checks/answers.h"
#include "conformance/judge/checks/checks.h"

namespace pinproof::conformance {
namespace {

Range<Duration> measured(Duration duration, Duration tolerance) {
  return {std::max(duration - tolerance, Duration::zero()), duration + tolerance};
}

std::int64_t seconds_up(Duration duration) { return std::chrono::ceil<std::chrono::seconds>(duration).count(); }

/// The announced value agrees with the delay served, rounded up to whole seconds, within what C-PAC-5 tolerates.
Ruling agrees(const Observation& seen, std::int64_t announced, const HistoryHeader& header) {
  const auto reading = header.readings.find("announced_delay");
  if (reading != header.readings.end() && reading->second == "next") {
    return undecided("under announced_delay=next the value speaks of the next request, not of " + name_of(seen),
                     {seen.id});
  }
  const Range<Duration> delay = measured(seen.answered_at - seen.sent_at, header.tolerance);
  const std::int64_t tolerance = seconds_up(header.promised.announced_delay_tolerance);
  const std::int64_t low = seconds_up(delay.low);
  const std::int64_t high = seconds_up(delay.high);
  const std::string words = header.vocabulary.next_request_in + " of " + name_of(seen) + " to agree with its delay, " +
                            sim::format_duration(seen.answered_at - seen.sent_at) + ", saw " +
                            std::to_string(announced) + " s";
  if (announced < low - tolerance || announced > high + tolerance) return failed("expected " + words, {seen.id});
  if (announced < high - tolerance || announced > low + tolerance) {
    return undecided("expected " + words + ": needs " + sim::format_duration(header.tolerance) + " more room",
                     {seen.id});
  }
  return passed();
}

Ruling announced_delay(const AnnouncedDelayCheck& check, const Observation& seen, const HistoryHeader& header) {
  const std::string& field = header.vocabulary.next_request_in;
  if (field.empty()) return {Verdict::kNotTestable, "the dialect announces no delays", {seen.id}};
  if (!answered(seen)) return no_answer(seen, header.vocabulary);
  const auto value = seen.headers.find(field);
  const bool wanted = check.present.value_or(true);
  if (wanted != value.has_value()) {
    return failed(
        "expected " + std::string(wanted ? "" : "no ") + field + " on the answer to " + name_of(seen) + " after " +
            sim::format_duration(seen.answered_at - seen.sent_at) + ", saw " +
            (value ? "\"" + std::string(*value) + "\"" : "none, and " + answer_words(seen, header.vocabulary)),
        {seen.id});
  }
  if (!value) return passed();
  const auto seconds = integer_of(*value);
  if (!seconds) {
    return failed(
        "expected whole seconds in " + field + " of " + name_of(seen) + ", saw \"" + std::string(*value) + "\"",
        {seen.id});
  }
  std::vector<Ruling> rulings{
      within<std::int64_t>(field + " of " + name_of(seen), {*seconds, *seconds}, check.seconds, {seen.id})};
  if (check.agrees_with_delay) rulings.push_back(agrees(seen, *seconds, header));
  return worst_of(rulings);
}

}  // namespace

Ruling rule(const DelayCheck& check, const Subject& subject, const Seen& all) {
  struct One {
    const DelayCheck& check;
    const HistoryHeader& header;
    Ruling operator()(const Observation& seen) const {
      const Range<Duration> range = measured(seen.answered_at - seen.sent_at, header.tolerance);
      if (answered(seen)) return within("a delay for " + name_of(seen), range, check.delay, {seen.id});
      // The answer would have come later than the waiting ended.
      const bool too_late = check.delay.at_most && range.low > *check.delay.at_most;
      if (seen.end != AnswerEnd::kTimedOut || !too_late) return no_answer(seen, header.vocabulary);
      return failed("expected a delay of " + words_of(check.delay) + " for " + name_of(seen) + ", saw " +
                        answer_words(seen, header.vocabulary),
                    {seen.id});
    }
    Ruling operator()(const ApiCall& call) const {
      if (!answered(call)) return no_answer(call);
      const Range<Duration> range = measured(call.answered_at - call.sent_at, header.tolerance);
      return within("a delay for " + name_of(call), range, check.delay, {call.id});
    }
  };
  return on_each(subject, One{check, all.header()});
}

Ruling rule(const SpacingCheck& check, const Subject& subject, const Seen& all) {
  struct Forward {
    std::string exit;
    Instant at;
    std::uint64_t id;
  };
  if (!all.header().capabilities.has(Capability::kAttempts))
    return {Verdict::kNotTestable, "needs attempts", subject.ids()};
  std::vector<Forward> forwards;
  for (const Observation* const seen : subject.observations) {
    for (const Try& one : tries_of(all.upstreams(seen->token))) {
      if (one.reached) forwards.push_back({one.exit, one.at, seen->id});
    }
  }
  // An exit's delay is its own: forwards through different exits say nothing of each other.
  std::stable_sort(forwards.begin(), forwards.end(), [](const Forward& left, const Forward& right) {
    return std::tie(left.exit, left.at) < std::tie(right.exit, right.at);
  });
  std::vector<Ruling> rulings;
  for (std::size_t i = 1; i < forwards.size(); ++i) {
    if (forwards[i].exit != forwards[i - 1].exit) continue;
    const Range<Duration> gap = measured(forwards[i].at - forwards[i - 1].at, all.header().tolerance);
    rulings.push_back(within("a spacing between forwards", gap, check.gap, {forwards[i - 1].id, forwards[i].id}));
  }
  if (rulings.empty()) {
    return undecided("expected a spacing of " + words_of(check.gap) + " between forwards through one exit, saw no two",
                     subject.ids());
  }
  return worst_of(rulings);
}

Ruling rule(const AnnouncedDelayCheck& check, const Subject& subject, const Seen& all) {
  return on_each(subject, [&](const Observation& seen) { return announced_delay(check, seen, all.header()); });
}

}  // namespace pinproof::conformance
