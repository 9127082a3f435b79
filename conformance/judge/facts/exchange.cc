#include "conformance/judge/facts/exchange.h"

#include <string_view>

namespace pinproof::conformance {
namespace {

bool client_error(int status) { return (status >= 400 && status < 500) || status == 540; }

// "127.20.0.1:3128" or "[2001:db8::1]:3128"; an IPv6 address that stands alone has no port.
std::string_view without_port(std::string_view address) {
  if (address.starts_with('[')) return address.substr(1, address.find(']') - 1);
  const auto colon = address.find(':');
  return colon == address.rfind(':') ? address.substr(0, colon) : address;
}

enum class Author : std::uint8_t { kOrigin, kGateway, kUnknown };

// The origin's answer is told from the gateway's own by what the origin saw, or said; where it cannot be seen, by the gateway's error header,
// without which a failure may be either's.
Author author_of(const Exchange& exchange, const HistoryHeader& header) {
  const Observation& seen = exchange.seen;
  const std::string& error = header.vocabulary.error;
  if (seen.status == 407) return Author::kGateway;
  if (seen.status >= 400 && !error.empty() && seen.headers.has(error)) return Author::kGateway;
  if (!seen.exit_by_origin.empty() || !exchange.origin.empty()) return Author::kOrigin;
  if (exchange.origin_visible) return Author::kGateway;
  if (seen.status < 400) return Author::kOrigin;
  return error.empty() ? Author::kGateway : Author::kUnknown;
}

// Where there is none, Content-Length tells of the one that there would be (RFC 9110, 8.6).
bool has_body(const Observation& seen) {
  return seen.method != "HEAD" && seen.status >= 200 && seen.status != 204 && seen.status != 304;
}

Fate fate_of(const Exchange& exchange, const HistoryHeader& header) {
  const Observation& seen = exchange.seen;
  const Author author = seen.status == 0 ? Author::kUnknown : author_of(exchange, header);
  if (seen.end == AnswerEnd::kTimedOut || seen.end == AnswerEnd::kAbandoned) {
    return author == Author::kOrigin ? Fate::kCutShort : Fate::kUnknown;
  }
  if (seen.end == AnswerEnd::kClosed || seen.status == 0) return Fate::kClosed;
  if (author == Author::kUnknown) return Fate::kUnknown;
  if (author == Author::kOrigin) {
    const bool short_of_declared = seen.body_declared && has_body(seen) && seen.body_bytes < *seen.body_declared;
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
  exchange.exit =
      seen.exit_by_origin.empty() ? without_port(seen.exit_by_header) : std::string_view(seen.exit_by_origin);
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
