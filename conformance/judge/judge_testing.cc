#include "conformance/judge/judge_testing.h"

#include "conformance/judge/expectation_monitor.h"
#include "conformance/judge/facts/traffic_testing.h"

namespace pinproof::conformance {

using namespace std::chrono_literals;

namespace {

constexpr Instant kSentAt{10s};
constexpr Instant kEnd{1h};

Observation sent(const std::string& label, std::uint64_t id) {
  Observation seen;
  seen.id = id;
  seen.label = label;
  seen.method = "GET";
  seen.host = "site.origin.test";
  seen.token = "t-" + std::to_string(id);
  seen.path = "/t/" + seen.token + "?size=16";
  seen.sent_at = seen.answered_at = seen.ended_at = kSentAt;
  return seen;
}

}  // namespace

HistoryHeader test_header() {
  HistoryHeader header;
  header.scenario = "test";
  header.dialect = "helodata";
  header.readings = usual_readings();
  header.promised.announced_delay_tolerance = 1s;
  header.vocabulary.repinned = "X-Helodata-Session-Repinned";
  header.vocabulary.repinned_value = "true";
  header.vocabulary.error = "X-Error";
  header.vocabulary.exit_address = "X-Exit-IP";
  header.vocabulary.session = "X-Crawlera-Session";
  header.vocabulary.next_request_in = "X-Crawlera-Next-Request-In";
  header.capabilities = {Capability::kTime, Capability::kDrop, Capability::kExits, Capability::kAttempts,
                         Capability::kApi};
  header.exits = {{"127.20.0.1", 3128, sim::ExitType::kResidential, "us", "ca", "la", 7922},
                  {"127.20.0.2", 3128, sim::ExitType::kResidential, "us", "ny", "nyc", 701},
                  {"127.20.0.3", 3128, sim::ExitType::kResidential, "de", "be", "berlin", 3320}};
  return header;
}

Observation served(const std::string& label, std::uint64_t id, const std::string& exit) {
  Observation seen = sent(label, id);
  seen.status = 200;
  seen.body_bytes = 16;
  seen.body_declared = 16;
  seen.exit_by_origin = exit;
  return seen;
}

Observation refused(int status, const std::string& label, std::uint64_t id) {
  Observation seen = sent(label, id);
  seen.status = status;
  seen.headers.add("X-Error", "some-code");
  return seen;
}

Observation unanswered(const std::string& label, std::uint64_t id) {
  Observation seen = sent(label, id);
  seen.end = AnswerEnd::kTimedOut;
  seen.answered_at = seen.ended_at = kSentAt + 30s;
  return seen;
}

Observation with(Observation seen, const std::string& name, const std::string& value) {
  seen.headers.add(name, value);
  return seen;
}

Observation after(Observation seen, Duration delay) {
  seen.answered_at = seen.ended_at = seen.sent_at + delay;
  return seen;
}

UpstreamSaw upstream(const Observation& seen, UpstreamEvent event, Duration later) {
  const std::string exit = seen.exit_by_origin.empty() ? "127.20.0.1" : seen.exit_by_origin;
  return {exit, event, seen.method, seen.host, seen.token, seen.sent_at + later};
}

OriginSaw origin(const Observation& seen) {
  return {seen.exit_by_origin, seen.method,     seen.path,        seen.token,
          seen.sent,           seen.sent_bytes, seen.sent_digest, seen.sent_at};
}

Expected expected(const std::string& requirement, Check check, Labels of) {
  return {{requirement, std::move(of), std::move(check), "/steps/0/expect/0"}, kEnd};
}

Finding finding_of(const JudgeCase& one) {
  HistoryHeader header = test_header();
  header.tolerance = one.tolerance;
  ExpectationMonitor monitor(header);
  for (const Record& record : one.records) monitor.record(record);
  monitor.record(JournalComplete{kEnd});
  monitor.record(expected("H-STK-1", one.check, one.of));
  return monitor.conclude().at(0);
}

Judgement judgement_of(std::vector<Record> records, const std::vector<std::string>& requirements) {
  History history;
  history.header = test_header();
  history.header.vocabulary.next_request_in.clear();  // no pacing is promised: what is expected is all there is
  history.header.requirements = requirements;
  history.records = std::move(records);
  return judge(history);
}

}  // namespace pinproof::conformance
