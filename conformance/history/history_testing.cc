#include "conformance/history/history_testing.h"

namespace pinproof::conformance {

using namespace std::chrono_literals;

HistoryHeader full_header() {
  HistoryHeader header;
  header.program = "pinproof 0.1.0";
  header.scenario = "helodata/sticky/holds";
  header.title = "A pin holds";
  header.requirements = {"H-STK-1", "H-PIN-2"};
  header.dialect = "helodata";
  header.target = "reference gateway";
  header.target_kind = "sim";
  header.seed = 0xffffffffffffffffU;
  header.clock = ClockKind::kWall;
  header.clock_scale = 60.5;
  header.epoch = "2026-01-01T00:00:00Z";
  header.tolerance = 250ms;
  header.readings = {{"over_cap", "reject"}};
  header.promised.minute = 60s;
  header.promised.window_minutes_min = 1;
  header.promised.window_cap = 30min;
  header.promised.session_id_length_max = 32;
  header.promised.in_flight_timeout = 30s;
  header.promised.byte_overhead_max = 1024;
  header.promised.false_alarm_one_in = 1'000'000;
  header.promised.idle_window = 30min;
  header.promised.session_cap = 5000;
  header.promised.default_delay = 12s;
  header.promised.domains = {{"popular.origin.test", 6s}};
  header.promised.delay_ceiling = 900s;
  header.promised.soft_limit = 120s;
  header.promised.announced_delay_tolerance = 1s;
  header.promised.default_retries = 5;
  header.vocabulary.repinned = "X-Helodata-Session-Repinned";
  header.vocabulary.repinned_value = "true";
  header.vocabulary.session = "X-Crawlera-Session";
  header.vocabulary.user_name = "helo_{account}[-session-{session}]";
  header.vocabulary.listed = {{"session", "session_id"}};
  header.capabilities = {Capability::kTime, Capability::kExits};
  header.exits = {{"127.20.0.1", 3128, sim::ExitType::kResidential, "us", "ca", "la", 7922},
                  {"127.20.0.2", 3129, sim::ExitType::kMobile, "de", "", "", 0}};
  header.varying = {{"gateway", "127.0.0.1:40123"}};
  return header;
}

namespace {

Observation full_observation() {
  Observation seen;
  seen.id = 1;
  seen.label = "first";
  seen.step = "/steps/0";
  seen.actor = "client";
  seen.account = "one";
  seen.credentials = CredentialFault::kWrongPassword;
  seen.connection = "c1";
  seen.connection_reused = true;
  seen.via = Via::kConnect;
  seen.inside_tunnel = true;
  seen.shape = RequestShape::kTwoLengths;
  seen.user_name = "helo_{account}-session-\"é\"\n";
  seen.session = "create";
  seen.method = "POST";
  seen.host = "site.origin.test";
  seen.path = "/t/t-1-abc?size=16";
  seen.token = "t-1-abc";
  seen.sent = sim::Headers{{"X-A", "1"}, {"X-A", ""}};
  seen.sent_bytes = 4;
  seen.sent_digest = 0xffffffffffffffffU;
  seen.sent_at = at(1s);
  seen.answered_at = at(2s);
  seen.ended_at = at(3s);
  seen.end = AnswerEnd::kCut;
  seen.why = "closed inside the body of the answer";
  seen.status = 200;
  seen.headers = sim::Headers{{"Content-Length", "16"}, {"Via", "a: b"}};
  seen.connect = ConnectReply{200, sim::Headers{{"X-Helodata-Session-Repinned", "true"}}};
  seen.body_bytes = 16;
  seen.body_digest = 0x0123456789abcdefU;
  seen.body_declared = 0;
  seen.exit_by_origin = "127.20.0.1";
  seen.exit_by_header = "127.20.0.2";
  return seen;
}

ApiCall full_call() {
  ApiCall call;
  call.id = 2;
  call.label = "list";
  call.step = "/steps/1";
  call.actor = "client";
  call.account = "two";
  call.credentials = CredentialFault::kMissing;
  call.operation = ApiOperation::kDelete;
  call.session = "1836172";
  call.user_name = "helo_{account}";
  call.sent_at = at(3s);
  call.answered_at = at(4s);
  call.status = 200;
  call.headers = sim::Headers{{"Content-Type", "application/json"}};
  call.created = "7";
  call.listed = {{"1836172", "127.20.0.1", {{"region", "us"}}}, {"2", "", {}}};
  call.malformed = true;
  return call;
}

}  // namespace

History full_history() {
  History history;
  history.header = full_header();
  history.records = {
      UpstreamSaw{"127.20.0.1", UpstreamEvent::kForwarded, "CONNECT", "site.origin.test", "t-1-abc", at(1s)},
      OriginSaw{"127.20.0.1", "POST", "/t/t-1-abc", "t-1-abc", sim::Headers{{"X-A", "1"}}, 4, 77, at(1s)},
      full_observation(),
      full_call(),
      ExitActed{"127.20.0.1", sim::ExitAction::kSlow, 5s, 3, 250ms, at(5s)},
      Expected{{"H-STK-1", {"first"}, ExitCheck{{"first"}, {}, std::nullopt}, "/steps/0/expect/0"}, at(5s)},
      JournalComplete{at(6s)},
      Trouble{Verdict::kSetupFail, "/steps/2", "the exit that served `first` is not known", at(6s)},
  };
  return history;
}

}  // namespace pinproof::conformance
