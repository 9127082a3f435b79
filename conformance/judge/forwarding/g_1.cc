// G-1: a request reaches the origin as it was sent, less the hop-by-hop headers and those meant for the gateway; credentials never do.
#include <fmt/format.h>

#include "conformance/judge/forwarding/forwarding_rules.h"

namespace pinproof::conformance {

bool carried_over(const ForwardStep& step, const FieldDifference& difference) {
  if (!step.named_sessions) return false;
  if (difference.fault == FieldFault::kCredentials || difference.fault == FieldFault::kControl) return false;
  if (step.through_tunnel || difference.fault == FieldFault::kAdded) return true;
  // More cookies than were sent came from somewhere.
  return difference.fault == FieldFault::kAltered && sim::same_field_name(difference.name, "Cookie") &&
         difference.seen.size() > difference.sent.size();
}

std::string change_of_request(const ForwardStep& step) {
  const Observation& sent = step.sent();
  const OriginSaw& saw = step.saw;
  if (saw.method != sent.method) return fmt::format("{} was sent, {} reached the origin", sent.method, saw.method);
  if (saw.path != sent.path) return fmt::format("{} was asked for, {} reached the origin", sent.path, saw.path);
  if (!step.whole || (saw.body_bytes == sent.sent_bytes && saw.body_digest == sent.sent_digest)) return {};
  if (saw.body_bytes == sent.sent_bytes)
    return fmt::format("of a body of {} bytes others reached the origin", sent.sent_bytes);
  return fmt::format("a body of {} bytes was sent, {} bytes reached the origin", sent.sent_bytes, saw.body_bytes);
}

void g_1(const ForwardStep& step, Holdings& holdings) {
  const bool own = !(step.through_tunnel && step.named_sessions);
  if (const std::string change = own ? change_of_request(step) : std::string(); !change.empty())
    return broken(holdings, "G-1", change);
  for (const FieldDifference& difference : step.differences) {
    if (!carried_over(step, difference)) return broken(holdings, "G-1", words_of(difference));
  }
  held(holdings, "G-1");
}

}  // namespace pinproof::conformance
