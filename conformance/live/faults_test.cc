// A gateway that does to its clients whatever it likes: every scenario comes to a verdict with its cause, and the run goes on.
#include <gtest/gtest.h>

#include <variant>

#include "conformance/live/hostile_server_testing.h"
#include "conformance/live/live_target.h"
#include "conformance/run/suite.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/reference_gateway.h"
#include "conformance/target/shipped_target_testing.h"
#include "mock_upstream/testing/bench_testing.h"

namespace pinproof::conformance {
namespace {

using mock_upstream::LabCa;
using mock_upstream::TestBench;
using mock_upstream::TlsClient;
using mock_upstream::TlsServer;
using mock_upstream::TlsTrust;
using Then = HostileDeed::Then;

/// Two scenarios: one sends a request in the clear, or through a tunnel with TLS inside; and one more after it.
std::vector<Scenario> scenarios(const std::string& how) {
  std::vector<Scenario> all;
  for (const std::string id : {"helodata/faults/first", "helodata/faults/second"}) {
    const std::string text = R"({"scenario": 1, "id": ")" + id + R"(", "title": "A request", "dialect": "helodata",
      "requirements": ["H-STK-1"], "steps": [{"request": "one", "user": {"region": "us"})" +
                             how + R"(, "expect": [{"status": 200}]}]})";
    auto read = parse_scenario("t.json", text, shipped_catalogue());
    if (const auto* const error = std::get_if<sim::InputError>(&read)) {
      ADD_FAILURE() << error->message();
    } else {
      all.push_back(std::get<Scenario>(std::move(read)));
    }
  }
  return all;
}

LiveTargetOptions options_for(const mock_upstream::Endpoint& gateway) {
  const SimulatedTargetOptions reference = shipped_target_options("helodata");
  LiveTargetOptions options;
  options.description = describe_reference(reference);
  options.description.kind = "profile";
  options.description.clock = ClockKind::kWall;
  options.description.answer_wait = std::chrono::milliseconds(300);
  options.description.capabilities = {Capability::kExits, Capability::kTls, Capability::kWire};
  options.gateway.at = gateway;
  options.gateway.host = "gateway.test:443";
  options.accounts = secrets_of(reference.rules.accounts);
  options.settling = std::chrono::milliseconds(1);
  return options;
}

std::shared_ptr<TlsClient> trusting(const LabCa& ca) {
  TlsTrust trust;
  trust.pem = ca.certificate_pem();
  return std::get<std::shared_ptr<TlsClient>>(TlsClient::make(trust));
}

class Faults : public testing::Test {
 protected:
  std::unique_ptr<HostileServer> server_of(HostileDeed deed) {
    return std::make_unique<HostileServer>(bench.io.get_executor(), bench.site->idle, *bench.site->tasks,
                                           std::move(deed));
  }
  reports::Result run(const LiveTargetOptions& options, const std::string& how = "", ClockControl* clock = nullptr) {
    return run_suite(
        scenarios(how), shipped_catalogue(),
        [&](const std::string&) { return std::make_unique<LiveTarget>(options, bench.io, clock, nullptr); }, {});
  }

  TestBench bench;
};

TEST_F(Faults, EveryScenarioComesToAVerdictWithItsCause) {
  const auto ca = std::make_shared<LabCa>();
  struct Case {
    const char* name;
    HostileDeed deed;
    std::string how;
    std::string why;
  };
  const Case cases[] = {
      {"closes", {"", Then::kCloses, true, nullptr}, "", "closed without an answer"},
      {"resets", {"", Then::kResets, true, nullptr}, "", "the connection broke: Connection reset by peer"},
      {"hangs", {"", Then::kStays, true, nullptr}, "", "nothing more for 30"},
      {"garbage", {"what? \x01\r\n\r\n", Then::kStays, true, nullptr}, "", "the answer is no HTTP: bad version"},
      {"half a head",
       {"HTTP/1.1 200 OK\r\nContent-", Then::kCloses, true, nullptr},
       "",
       "closed inside the head of the answer"},
      {"a head of 100 MB",
       {"HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x'), Then::kGoesOn, true, nullptr},
       "",
       "the head of the answer is too large"},
      {"a tunnel closed in its middle",
       {"HTTP/1.1 200 OK\r\n\r\n", Then::kCloses, true, nullptr},
       R"(, "via": "connect")",
       "closed without an answer"},
      {"a tunnel with no TLS in it",
       {"HTTP/1.1 200 OK\r\n\r\n", Then::kStays, true, nullptr},
       R"(, "via": "connect", "encrypted": true)",
       "TLS: "},
  };
  for (const Case& one : cases) {
    const auto server = server_of(one.deed);
    LiveTargetOptions options = options_for(server->at());
    options.tls = trusting(*ca);
    const reports::Result result = run(options, one.how);
    ASSERT_EQ(result.scenarios.size(), 2U) << one.name;
    for (const reports::ScenarioResult& scenario : result.scenarios) {
      EXPECT_EQ(scenario.verdict, "setup_fail") << one.name << ": " << scenario.reason;
      EXPECT_NE(scenario.reason.find(one.why), std::string::npos) << one.name << ": " << scenario.reason;
    }
    EXPECT_TRUE(result.complete) << one.name;
    EXPECT_EQ(server->connections(), 2U) << one.name;
  }
}

TEST_F(Faults, AnAnswerCutInItsMiddleIsOneWithAStatusAndAReason) {
  const auto server =
      server_of({"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 9\r\n\r\nhalf", Then::kCloses, true, nullptr});
  const reports::Result result = run(options_for(server->at()));
  EXPECT_EQ(result.scenarios.at(0).verdict, "setup_fail");
  EXPECT_EQ(result.scenarios.at(0).reason,
            "expected status 200 for `one`, saw 502, then closed inside the body of the answer");
}

TEST_F(Faults, AGatewayThatCannotBeReachedIsSaidWithTheReason) {
  mock_upstream::Endpoint nobody;
  {
    const auto server = server_of({});
    nobody = server->at();
    server->stop();
  }
  LiveTarget target(options_for(nobody), bench.io, nullptr, nullptr);
  EXPECT_EQ(target.unreachable(), "cannot connect: Connection refused");
  const reports::Result result = run(options_for(nobody));
  EXPECT_EQ(result.scenarios.at(1).verdict, "setup_fail");
  EXPECT_NE(result.scenarios.at(1).reason.find("cannot connect: Connection refused"), std::string::npos)
      << result.scenarios.at(1).reason;

  const auto trusted = std::make_shared<LabCa>();
  HostileDeed deed{"", Then::kStays, true, nullptr};
  deed.encrypts = std::make_shared<TlsServer>(std::make_shared<LabCa>(), "gateway.test");
  const auto stranger = server_of(deed);
  LiveTargetOptions options = options_for(stranger->at());
  options.gateway.encrypted = true;
  options.tls = trusting(*trusted);
  LiveTarget encrypted(options, bench.io, nullptr, nullptr);
  EXPECT_EQ(encrypted.unreachable(), "TLS: the certificate is refused: unable to get local issuer certificate");
}

/// A clock that counts what it likes, and may be lost.
class StrangeClock final : public ClockControl {
 public:
  explicit StrangeClock(bool lost) : lost_(lost) {}
  ClockState state() override { return {sim::kStart, sim::kNever, ClockCounts{0, 0, 0}}; }
  ClockState advance_to(sim::Instant) override { return state(); }
  bool reset(std::uint64_t) override {
    if (lost_) throw ControlLost("the clock contract: no answer");
    return true;
  }

 private:
  bool lost_;
};

TEST_F(Faults, WhatIsNeitherAnsweredNorHeldIsATroubleOfTheHarness) {
  const auto server = server_of({"", Then::kStays, true, nullptr});
  LiveTargetOptions options = options_for(server->at());
  options.description.clock = ClockKind::kControlled;
  options.stuck_after = std::chrono::milliseconds(100);
  StrangeClock clock(false);
  const reports::Result result = run(options, "", &clock);
  ASSERT_EQ(result.scenarios.size(), 2U);
  for (const reports::ScenarioResult& scenario : result.scenarios) {
    EXPECT_EQ(scenario.verdict, "harness_error");
    EXPECT_EQ(scenario.reason.substr(0, 88),
              "1 requests and 0 calls are neither answered nor held after 0.1 s of the wall clock: GET ")
        << scenario.reason;
  }
  StrangeClock lost(true);
  const reports::Result without = run(options, "", &lost);
  ASSERT_EQ(without.scenarios.size(), 2U);
  EXPECT_EQ(without.scenarios.at(1).verdict, "harness_error");
  EXPECT_EQ(without.scenarios.at(1).reason, "the clock contract: no answer");
}

}  // namespace
}  // namespace pinproof::conformance
