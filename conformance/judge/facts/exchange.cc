#include "conformance/judge/facts/exchange.h"

#include <string_view>

namespace pinproof::conformance {
namespace {

bool client_error(int status) { return (status >= 400 && status < 500) || status == 540; }

std::string_view without_port(std::string_view address) { return address.substr(0, address.find(':')); }

// The origin's answer is told from the gateway's own by what the origin saw; where it cannot be seen, by the gateway's error header.
bool from_origin(const Exchange& exchange, const HistoryHeader& header) {
  const Observation& seen = exchange.seen;
  if (seen.status == 0) return false;
  if (exchange.origin_visible)
    return !exchange.origin.empty() && !(seen.status >= 400 && seen.headers.has(header.vocabulary.error));
  if (!header.vocabulary.error.empty() && seen.headers.has(header.vocabulary.error)) return false;
  return seen.status < 400;
}

Fate fate_of(const Exchange& exchange, const HistoryHeader& header) {
  const Observation& seen = exchange.seen;
  if (seen.end == AnswerEnd::kTimedOut || seen.end == AnswerEnd::kAbandoned) {
    return seen.status != 0 && from_origin(exchange, header) ? Fate::kCutShort : Fate::kUnknown;
  }
  if (seen.end == AnswerEnd::kClosed || seen.status == 0) return Fate::kClosed;
  if (from_origin(exchange, header)) {
    const bool short_of_declared = seen.body_declared && seen.method != "HEAD" && seen.body_bytes < *seen.body_declared;
    return seen.end == AnswerEnd::kCut || short_of_declared ? Fate::kCutShort : Fate::kServed;
  }
  if (seen.end == AnswerEnd::kCut) return Fate::kClosed;
  return client_error(seen.status) ? Fate::kRefused : Fate::kFailed;
}

}  // namespace

bool Exchange::overlaps(const Exchange& other) const {
  if (seen.sent_order != 0 && other.seen.sent_order != 0) {
    return seen.sent_order < other.seen.answered_order && other.seen.sent_order < seen.answered_order;
  }
  return seen.sent_at <= other.seen.answered_at && other.seen.sent_at <= seen.answered_at;
}

std::string Exchange::reset_by() const {
  for (const UpstreamSaw& saw : upstream) {
    if (saw.event == UpstreamEvent::kReset) return saw.exit;
  }
  return {};
}

void derive(Exchange& exchange, const HistoryHeader& header) {
  const Observation& seen = exchange.seen;
  exchange.fate = fate_of(exchange, header);
  exchange.exit = seen.exit_by_origin.empty() ? std::string(without_port(seen.exit_by_header)) : seen.exit_by_origin;
  // On CONNECT the gateway speaks in its reply to CONNECT (H-PIN-8); what stands inside the tunnel is not the gateway's.
  const sim::Headers& said = seen.connect ? seen.connect->headers : seen.headers;
  exchange.announced = exchange.announcement_malformed = false;
  if (header.vocabulary.repinned.empty() || (seen.inside_tunnel && !seen.connect)) return;
  if (const auto value = said.find(header.vocabulary.repinned)) {
    exchange.announced = *value == header.vocabulary.repinned_value;
    exchange.announcement_malformed = !exchange.announced;
  }
}

}  // namespace pinproof::conformance
