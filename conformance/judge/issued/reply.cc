#include "conformance/judge/issued/reply.h"

namespace pinproof::conformance {

std::string_view error_of(const HistoryHeader& header, const Observation& seen) {
  if (header.vocabulary.error.empty()) return {};
  return seen.headers.find(header.vocabulary.error).value_or(std::string_view{});
}

bool no_other_control(const HistoryHeader& header, const Observation& seen) {
  const std::string& prefix = header.vocabulary.control_prefix;
  if (prefix.empty()) return true;
  std::size_t sessions = 0;
  for (const auto [name, value] : seen.sent) {
    if (sim::same_field_name(name, header.vocabulary.session)) {
      ++sessions;
    } else if (name.size() >= prefix.size() && sim::same_field_name(name.substr(0, prefix.size()), prefix)) {
      return false;
    }
  }
  return sessions <= 1;
}

bool refused_by_pacing(const Exchange& exchange) {
  return exchange.seen.status == 503 && exchange.seen.headers.has("Retry-After") && exchange.reached_nothing();
}

}  // namespace pinproof::conformance
