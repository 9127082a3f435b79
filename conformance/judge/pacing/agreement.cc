// What an announced delay may mean, held against the delay that was served.
#include <algorithm>
#include <charconv>

#include "conformance/judge/pacing/pacing_rules.h"

namespace pinproof::conformance {
namespace {

std::optional<Duration> whole_seconds(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && !text.empty() && text.front() != '-';
  // More seconds than any clock here has agree with nothing, and are whole all the same.
  if (!whole) return std::nullopt;
  return std::chrono::seconds(std::min<std::int64_t>(seconds, 1'000'000'000));
}

}  // namespace

std::optional<Agreement> agreement_of(const PaceStep& step) {
  const auto said = whole_seconds(*step.request->announced);
  if (!said) return std::nullopt;
  const Duration room = step.header.promised.announced_delay_tolerance + step.terms.slack;
  const Duration low = step.forward->delay_low() - room;
  const Duration high = step.forward->delay_high() + room;
  Agreement agreement;
  agreement.own = *said >= low && *said <= high;
  // The request after it waits for the slot that this one leaves; how long that is, only the queue's law says.
  const bool queue = step.terms.law == PacingTerms::Law::kQueue;
  const Duration spacing = step.request->spacing;
  agreement.next = queue ? *said >= low + spacing && *said <= high + spacing : *said >= low;
  return agreement;
}

}  // namespace pinproof::conformance
