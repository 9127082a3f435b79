#include "sim/gateway/control_headers.h"

#include <charconv>

namespace pinproof::sim {
namespace {

// The field's value where it is known to the rules and sent; `good` turns false when it is sent twice.
std::optional<std::string_view> field(const Headers& headers, const std::string& name, bool& good) {
  if (name.empty()) return std::nullopt;
  const auto value = headers.find(name);
  if (value && headers.count(name) > 1) good = false;
  return value;
}

// Plain digits only: no sign, no space, nothing after.
std::optional<std::uint32_t> whole_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<ControlHeaders> read_control_headers(const Rules& rules, const Headers& headers) {
  ControlHeaders control;
  control.timeout = rules.forwarding.attempt_timeout;
  bool good = true;
  control.session = field(headers, rules.headers.session, good);
  control.region = field(headers, rules.headers.region, good);
  if (control.region && control.session) good = false;
  if (const auto asked = field(headers, rules.headers.max_retries, good)) {
    control.retries = whole_number(*asked);
    if (!control.retries || *control.retries > rules.retries.header_max) {
      if (!rules.retries.malformed_ignored) return std::nullopt;
      control.retries.reset();
    } else {
      if (rules.retries.header_counts_attempts && *control.retries > 0) --*control.retries;
      *control.retries += rules.retries.header_plus;
    }
  }
  if (const auto asked = field(headers, rules.headers.timeout, good)) {
    const auto milliseconds = whole_number(*asked);
    if (!milliseconds) return std::nullopt;
    control.timeout = std::chrono::milliseconds(*milliseconds);
    if (control.timeout < rules.forwarding.timeout_min || control.timeout > rules.forwarding.timeout_max)
      return std::nullopt;
  }
  if (!good) return std::nullopt;
  return control;
}

}  // namespace pinproof::sim
