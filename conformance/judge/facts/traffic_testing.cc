#include "conformance/judge/facts/traffic_testing.h"

#include "conformance/judge/facts/asked.h"

namespace pinproof::conformance {

using namespace std::chrono_literals;

Readings usual_readings() {
  return {{"announced_delay", "own"},
          {"connect_announcement", "connect_reply"},
          {"expiry_counts_from", "last_request"},
          {"expiry_repeat", "may_repeat"},
          {"failed_first_request_starts_window", "open"},
          {"in_flight", "fail"},
          {"leading_zeros", "refuse"},
          {"listing_extends", "no"},
          {"lost_exit", "ends"},
          {"lost_pin", "repin_announced"},
          {"malformed_name_status", "either"},
          {"max_retries_counts", "retries"},
          {"over_cap", "reject"},
          {"over_ceiling", "refuse"},
          {"over_session_cap", "refuse"},
          {"pacing_law", "queue"},
          {"pacing_scope", "exit"},
          {"repin_moves_started_at", "yes"},
          {"repin_restarts_window", "yes"},
          {"repinned_header", "once"},
          {"rotation_repeat", "may_repeat"},
          {"session_across_regions", "same_exit"},
          {"session_key", "whole_user_name"},
          {"unknown_subuser_status", "either"},
          {"window_clock", "absolute"}};
}

HistoryHeader traffic_header() {
  HistoryHeader header;
  header.clock = ClockKind::kVirtual;
  header.capabilities = {Capability::kTime, Capability::kDrop, Capability::kExits, Capability::kAttempts,
                         Capability::kApi};
  header.readings = usual_readings();
  header.promised.false_alarm_one_in = 1'000'000;
  header.promised.minute = 60s;
  header.promised.window_minutes_min = 1;
  header.promised.window_cap = 30min;
  header.promised.session_id_length_max = 32;
  header.promised.byte_overhead_max = 1024;
  header.promised.default_delay = 12s;
  header.promised.domains = {{"popular.origin.test", 3s}};
  header.promised.delay_ceiling = 900s;
  header.promised.soft_limit = 120s;
  header.promised.announced_delay_tolerance = 1s;
  header.promised.default_retries = 5;
  for (const char* address : {"127.20.0.1", "127.20.0.2", "127.20.0.3"}) {
    sim::Exit exit;
    exit.address = address;
    exit.region = "us";
    exit.state = "ca";
    exit.city = "la";
    exit.asn = 7922;
    header.exits.push_back(exit);
  }
  return header;
}

HistoryHeader issued_traffic_header() {
  HistoryHeader header = traffic_header();
  header.dialect = "crawlera";
  header.vocabulary.error = "X-Crawlera-Error";
  header.vocabulary.session = "X-Crawlera-Session";
  header.vocabulary.next_request_in = "X-Crawlera-Next-Request-In";
  header.vocabulary.max_retries = "X-Crawlera-Max-Retries";
  header.vocabulary.control_prefix = "X-Crawlera-";
  return header;
}

HistoryHeader named_traffic_header() {
  HistoryHeader header = traffic_header();
  header.dialect = "helodata";
  header.vocabulary.error = "X-Helodata-Error-Code";
  header.vocabulary.repinned = "X-Helodata-Session-Repinned";
  header.vocabulary.repinned_value = "true";
  header.vocabulary.bytes_in = "X-Helodata-Bytes-In";
  header.vocabulary.bytes_out = "X-Helodata-Bytes-Out";
  header.vocabulary.control_prefix = "X-Helodata-";
  header.vocabulary.user_name = "helo_{account}-type-{type}-region-{region}[-session-{session}][-sesstime-{minutes}]";
  header.vocabulary.listed = {{"session", "session_id"}};
  return header;
}

Request::Request(std::uint64_t id) {
  Observation& seen = exchange_.seen;
  seen.id = id;
  seen.sent_order = 2 * id - 1;
  seen.answered_order = 1'000'000 + id;
  seen.account = "one";
  seen.method = "GET";
  seen.host = "shop.origin.test";
  seen.token = "t" + std::to_string(id);
  seen.path = "/t/" + seen.token;
  seen.status = 502;
}

Request& Request::sent(Duration at) {
  Observation& seen = exchange_.seen;
  seen.sent_at = seen.answered_at = seen.ended_at = sim::kStart + at;
  return *this;
}

Request& Request::session(std::string_view id) {
  exchange_.seen.session = id;
  return says("X-Crawlera-Session", id);
}

Request& Request::host(std::string_view host) {
  exchange_.seen.host = host;
  return *this;
}

Request& Request::shape(RequestShape shape) {
  exchange_.seen.shape = shape;
  return *this;
}

Request& Request::method(std::string_view method, std::uint64_t body_bytes) {
  exchange_.seen.method = method;
  exchange_.seen.sent_bytes = body_bytes;
  exchange_.seen.sent_digest = body_bytes == 0 ? 0 : 77;
  return *this;
}

Request& Request::user(std::string_view user_name) {
  exchange_.seen.user_name = user_name;
  return *this;
}

Request& Request::credentials(CredentialFault fault) {
  exchange_.seen.credentials = fault;
  return *this;
}

Request& Request::connection(std::string_view name, bool reused) {
  exchange_.seen.connection = name;
  exchange_.seen.connection_reused = reused;
  return *this;
}

Request& Request::through_tunnel() {
  exchange_.seen.inside_tunnel = true;
  return *this;
}

Request& Request::says(std::string_view name, std::string_view value) {
  exchange_.seen.sent.add(name, value);
  return *this;
}

Request& Request::served(std::string_view exit, Duration at) {
  Observation& seen = exchange_.seen;
  tried(exit, at, UpstreamEvent::kForwarded);
  tried(exit, at, UpstreamEvent::kAnswered);
  seen.status = 200;
  seen.exit_by_origin = exit;
  OriginSaw saw;
  saw.from = exit;
  saw.method = seen.method;
  saw.path = seen.path;
  saw.token = seen.token;
  saw.body_bytes = seen.sent_bytes;
  saw.body_digest = seen.sent_digest;
  saw.at = sim::kStart + at;
  saw.headers.add("Host", seen.host);
  for (const auto [name, value] : seen.sent) {
    if (!name.starts_with("X-Crawlera-") && !name.starts_with("X-Helodata-")) saw.headers.add(name, value);
  }
  exchange_.origin.push_back(saw);
  return *this;
}

Request& Request::tried(std::string_view exit, Duration at, UpstreamEvent event) {
  const Observation& seen = exchange_.seen;
  exchange_.upstream.push_back({std::string(exit), event, seen.method, seen.host, seen.token, sim::kStart + at});
  return answered(502, at);
}

Request& Request::answered(int status, Duration at) {
  Observation& seen = exchange_.seen;
  seen.status = status;
  seen.answered_at = seen.ended_at = sim::kStart + at;
  return *this;
}

Request& Request::unanswered(Duration until, AnswerEnd end) {
  exchange_.seen.end = end;
  return answered(0, until);
}

Request& Request::told(std::string_view name, std::string_view value) {
  exchange_.seen.headers.add(name, value);
  return *this;
}

Request& Request::answer_body(std::uint64_t bytes) {
  exchange_.seen.body_bytes = bytes;
  exchange_.seen.body_declared = bytes;
  return *this;
}

Exchange Request::build(const HistoryHeader& header) const {
  Exchange exchange = exchange_;
  exchange.upstream_visible = header.capabilities.has(Capability::kAttempts);
  exchange.origin_visible = header.capabilities.has(Capability::kExits);
  if (!exchange.upstream_visible) exchange.upstream.clear();
  if (!exchange.origin_visible) exchange.origin.clear();
  exchange.asked = AskedNames(header).read(exchange.seen);
  derive(exchange, header);
  return exchange;
}

std::vector<std::string> lines_of(const std::vector<Finding>& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) {
    if (finding.verdict == Verdict::kNotExercised) continue;
    const bool passed = finding.verdict == Verdict::kPass;
    std::string line = finding.requirement + (passed                              ? " pass"
                                              : finding.verdict == Verdict::kFail ? " fail"
                                                                                  : " inconclusive");
    for (const std::uint64_t id : finding.evidence) line += ' ' + std::to_string(id);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> lines_of(FactMonitor& monitor, const HistoryHeader& header,
                                  const std::vector<Request>& requests) {
  for (const Request& request : requests) monitor.take(std::make_shared<const Exchange>(request.build(header)));
  return lines_of(monitor.conclude());
}

}  // namespace pinproof::conformance
