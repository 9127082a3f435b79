#include "conformance/judge/retries/retry_step.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace pinproof::conformance {
namespace {

// A count is digits and nothing else; one beyond any number is still a count, and asks for as many as there can be.
std::optional<std::int64_t> count_in(std::string_view text) {
  const bool digits =
      !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return std::nullopt;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  return error == std::errc{} ? count : INT64_MAX;
}

bool is_control(const Vocabulary& words, std::string_view name) {
  const std::string_view prefix = words.control_prefix;
  return !prefix.empty() && name.size() >= prefix.size() && sim::same_field_name(name.substr(0, prefix.size()), prefix);
}

}  // namespace

std::int64_t RetryStep::retries_allowed() const {
  if (!count) return 0;
  if (header.readings.at("max_retries_counts") == "attempts") return std::max<std::int64_t>(*count, 1) - 1;
  return *count;
}

bool RetryStep::could_retry() const {
  return exchange.fate != Fate::kUnknown && !exchange.seen.headers.has("Retry-After");
}

RetryStep retry_step_of(const HistoryHeader& header, const Exchange& exchange) {
  const Observation& seen = exchange.seen;
  const Vocabulary& words = header.vocabulary;
  RetryStep step{header, exchange, attempts_of(exchange), !seen.session.empty(), false, std::nullopt, false};
  for (const auto [name, value] : seen.sent) {
    if (sim::same_field_name(name, words.max_retries)) {
      // Said twice, it says nothing.
      step.count = step.asked ? std::nullopt : count_in(value);
      step.asked = true;
    } else if (is_control(words, name) && !sim::same_field_name(name, words.session)) {
      step.asks_for_more = true;
    }
  }
  return step;
}

}  // namespace pinproof::conformance
