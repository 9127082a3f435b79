// Hand-made exchanges for the tests of fact monitors, said in a few words each, and findings as lines that a test can spell out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conformance/judge/facts/exchange.h"
#include "conformance/judge/facts/fact_monitor.h"

namespace pinproof::conformance {

/// The defaults of the catalogue.
Readings usual_readings();

/// A virtual clock, everything visible, exits 127.20.0.1 to .3, and the numbers and default readings of the catalogue: 12 s of spacing, 3 s
/// for popular.origin.test, 900 s of ceiling, 120 s of soft limit, 5 retries, 1,024 bytes of overhead.
HistoryHeader traffic_header();
/// With the header names of sessions that the gateway issues, or that stand in the user name.
HistoryHeader issued_traffic_header();
HistoryHeader named_traffic_header();

/// One request; by default GET http://shop.origin.test/t/t<id>, sent at second 0, never forwarded, answered 502 by the gateway at once.
class Request {
 public:
  explicit Request(std::uint64_t id);

  Request& sent(Duration at);
  Request& session(std::string_view id);
  Request& host(std::string_view host);
  Request& method(std::string_view method, std::uint64_t body_bytes = 0);
  Request& user(std::string_view user_name);
  Request& credentials(CredentialFault fault);
  /// On that connection, which a request before it had opened or not.
  Request& connection(std::string_view name, bool reused = false);
  Request& through_tunnel();
  /// Broken on purpose.
  Request& shape(RequestShape shape);
  Request& says(std::string_view name, std::string_view value);

  /// The exit took it then, and the origin answered 200 at once.
  Request& served(std::string_view exit, Duration at);
  /// The exit was tried then, and that came of it; the answer is 502.
  Request& tried(std::string_view exit, Duration at, UpstreamEvent event = UpstreamEvent::kFailed);
  /// The gateway answers itself.
  Request& answered(int status, Duration at);
  Request& unanswered(Duration until, AnswerEnd end = AnswerEnd::kTimedOut);
  Request& told(std::string_view name, std::string_view value);
  Request& answer_body(std::uint64_t bytes);

  /// What the origin saw is what was sent, unless changed here.
  OriginSaw& origin() { return exchange_.origin.back(); }
  Exchange& exchange() { return exchange_; }

  Exchange build(const HistoryHeader& header) const;

 private:
  Exchange exchange_;
};

/// Each finding as "C-PAC-1 fail 1 2", evidence last; of a pass only "C-PAC-1 pass". In the order of the monitor.
std::vector<std::string> lines_of(const std::vector<Finding>& findings);
/// The same of what the monitor says of these requests, in order of sending.
std::vector<std::string> lines_of(FactMonitor& monitor, const HistoryHeader& header,
                                  const std::vector<Request>& requests);

}  // namespace pinproof::conformance
