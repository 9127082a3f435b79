#include "conformance/catalogue/promises.h"

namespace pinproof::conformance {
namespace {

bool covers(std::string_view domain, std::string_view host) {
  if (!host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

}  // namespace

sim::Duration Promises::delay_of(std::string_view host) const {
  const DomainDelay* best = nullptr;
  for (const DomainDelay& candidate : domains) {
    const bool longer = best == nullptr || candidate.domain.size() > best->domain.size();
    if (longer && covers(candidate.domain, host)) best = &candidate;
  }
  return best == nullptr ? default_delay : best->delay;
}

const std::vector<PromiseField>& promise_fields() {
  static const std::vector<PromiseField> fields{
      {"minute", &Promises::minute},
      {"window_minutes_min", &Promises::window_minutes_min},
      {"window_cap", &Promises::window_cap},
      {"session_id_length_max", &Promises::session_id_length_max},
      {"in_flight_timeout", &Promises::in_flight_timeout},
      {"byte_overhead_max", &Promises::byte_overhead_max},
      {"false_alarm_one_in", &Promises::false_alarm_one_in},
      {"idle_window", &Promises::idle_window},
      {"session_cap", &Promises::session_cap},
      {"accounts_without_sessions", &Promises::accounts_without_sessions},
      {"default_delay", &Promises::default_delay},
      {"domains", &Promises::domains},
      {"delay_ceiling", &Promises::delay_ceiling},
      {"soft_limit", &Promises::soft_limit},
      {"announced_delay_tolerance", &Promises::announced_delay_tolerance},
      {"default_retries", &Promises::default_retries},
  };
  return fields;
}

}  // namespace pinproof::conformance
