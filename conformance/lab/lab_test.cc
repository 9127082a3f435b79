// The lab under clocks and on ways that the suite over sockets does not use: the wall clock, made fast, and TLS to the gateway.
#include "conformance/lab/lab.h"

#include <gtest/gtest.h>

#include <variant>

#include "conformance/lab/lab_target.h"
#include "conformance/live/live_target.h"
#include "conformance/run/read_back_testing.h"
#include "conformance/run/suite.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/scenario/store.h"
#include "conformance/target/reference_gateway.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

namespace asio = mock_upstream::asio;

/// The same session twice, ten minutes apart, and once more when its thirty are over.
Scenario ten_minutes_apart() {
  auto read =
      parse_scenario("t.json", R"({"scenario": 1, "id": "helodata/sticky/on-a-wall", "title": "Ten minutes apart",
    "dialect": "helodata", "requirements": ["H-STK-1"],
    "users": {"S": {"type": "res", "region": "us", "session": "@s", "minutes": "30"}},
    "steps": [
      {"request": "first", "user": "S", "expect": [{"outcome": "served"}]},
      {"wait": "10m"},
      {"request": "second", "user": "S", "expect": [{"requirement": "H-STK-1", "exit": {"same_as": "first"}}]}]})",
                     shipped_catalogue());
  const auto* const error = std::get_if<sim::InputError>(&read);
  EXPECT_EQ(error, nullptr) << error->message();
  return error == nullptr ? std::get<Scenario>(std::move(read)) : Scenario();
}

SuiteOptions reading_back() {
  SuiteOptions options;
  options.on_history = [](const History& history) { judged_from_its_file(history, shipped_catalogue()); };
  return options;
}

std::shared_ptr<mock_upstream::TlsClient> trusting(Lab& lab) {
  mock_upstream::TlsTrust trust;
  trust.pem = lab.ca()->certificate_pem();
  return std::get<std::shared_ptr<mock_upstream::TlsClient>>(mock_upstream::TlsClient::make(trust));
}

TEST(Lab, OnAFastWallClockAndUnderTlsAPinHolds) {
  const SimulatedTargetOptions reference = shipped_target_options("helodata");
  constexpr double kScale = 600;
  asio::io_context io{1};
  LabOptions options;
  options.rules = reference.rules;
  options.exits = reference.exits;
  options.clock = ClockKind::kWall;
  options.clock_scale = kScale;
  Lab lab(io, options, [](std::string_view what) { ADD_FAILURE() << what; });
  ASSERT_EQ(lab.start(), std::nullopt);

  LiveTargetOptions live;
  live.description = describe_reference(reference);
  live.description.kind = "lab";
  live.description.clock = ClockKind::kWall;
  live.description.clock_scale = kScale;
  live.description.tolerance = std::chrono::minutes(1);  // a tenth of a second on the wall
  live.description.exits = lab.exits();
  live.gateway = {lab.gateway().encrypted_at(), true, "localhost:443"};
  live.accounts = secrets_of(reference.rules.accounts);
  live.tls = trusting(lab);

  const auto begun = std::chrono::steady_clock::now();
  const reports::Result result = run_suite(
      {ten_minutes_apart()}, shipped_catalogue(),
      [&](const std::string&) {
        return std::make_unique<LiveTarget>(live, io, &lab.gateway_control(), &lab.upstream_control());
      },
      reading_back());
  EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::seconds(1))
      << "ten minutes, six hundred times as fast";
  EXPECT_EQ(result.scenarios.at(0).verdict, "pass") << result.scenarios.at(0).reason;
  lab.stop();
  io.restart();
  io.run_for(std::chrono::seconds(10));
  EXPECT_TRUE(io.stopped()) << "a lab that was stopped leaves nothing to do";
}

TEST(Lab, SaysWhatHindersItsStart) {
  const SimulatedTargetOptions reference = shipped_target_options("helodata");
  asio::io_context io{1};
  LabOptions options;
  options.rules = reference.rules;
  options.exits = reference.exits;
  Lab first(io, options, [](std::string_view what) { ADD_FAILURE() << what; });
  ASSERT_EQ(first.start(), std::nullopt);
  options.gateway_port = first.gateway().at().port();
  Lab second(io, options, [](std::string_view what) { ADD_FAILURE() << what; });
  const auto hindrance = second.start();
  ASSERT_TRUE(hindrance.has_value());
  EXPECT_NE(hindrance->find("Address already in use"), std::string::npos) << *hindrance;
  first.stop();
  second.stop();
  io.restart();
  io.run_for(std::chrono::seconds(10));
}

// What a harness goes by that is another process: the counts of the contracts, and nothing else.
TEST(Lab, TheCountsOfTheContractsAreEnough) {
  const LoadedScenarios loaded = load_scenarios(PINPROOF_SOURCE_DIR, shipped_catalogue());
  for (const std::string dialect : {"helodata", "crawlera"}) {
    const SimulatedTargetOptions reference = shipped_target_options(dialect);
    asio::io_context io{1};
    LabOptions options;
    options.rules = reference.rules;
    options.exits = reference.exits;
    Lab lab(io, options, [](std::string_view what) { ADD_FAILURE() << what; });
    ASSERT_EQ(lab.start(), std::nullopt);
    LiveTargetOptions live;
    live.description = describe_reference(reference);
    live.description.clock = ClockKind::kControlled;
    live.description.exits = lab.exits();
    live.gateway = {lab.gateway().at(), false, "localhost"};
    live.api = api_dialect_of(reference.rules.api);
    live.accounts = secrets_of(reference.rules.accounts);
    live.reads_inside_tunnels = reference.rules.forwarding.connect == sim::ConnectMode::kIntercept;
    std::vector<Scenario> scenarios;
    for (const Scenario& scenario : loaded.scenarios) {
      const bool many = scenario.id.find("/cap/") != std::string::npos;  // five thousand, one by one
      if (scenario.dialect == dialect && !many) scenarios.push_back(scenario);
    }
    const reports::Result result = run_suite(
        scenarios, shipped_catalogue(),
        [&](const std::string&) {
          return std::make_unique<LiveTarget>(live, io, &lab.gateway_control(), &lab.upstream_control());
        },
        reading_back());
    for (const reports::ScenarioResult& played : result.scenarios) {
      const bool passed =
          played.verdict == "pass" || played.verdict == "not_testable" || played.verdict == "not_supported";
      EXPECT_TRUE(passed) << played.id << ": " << played.verdict << ": " << played.reason;
    }
    lab.stop();
    io.restart();
    io.run_for(std::chrono::seconds(10));
  }
}

// The gateway tells of what no exit can: that it was not there.
TEST(Lab, TheJournalKnowsOfRefusedRequests) {
  SimulatedTargetOptions reference = shipped_target_options("helodata");
  reference.exits.resize(2);
  const auto target = make_lab_target(reference);
  target->reset(1);
  target->act({sim::ExitId{0}, sim::ExitAction::kDrop});
  target->act({sim::ExitId{1}, sim::ExitAction::kDrop});
  Stimulus stimulus;
  stimulus.id = 1;
  stimulus.actor = "client";
  stimulus.account = "one";
  stimulus.user_name = "helo_{account}-type-res-region-us";
  stimulus.method = "GET";
  stimulus.host = "site.origin.test";
  stimulus.path = "/t/t-1?size=1";
  stimulus.token = "t-1";
  target->submit(stimulus);
  target->wait_for({1});
  std::vector<Record> records;
  target->take(records);
  std::vector<std::string> refused;
  for (const Record& record : records) {
    const auto* const saw = std::get_if<UpstreamSaw>(&record);
    if (saw != nullptr && saw->event == UpstreamEvent::kRefused)
      refused.push_back(saw->exit + " " + saw->host + " " + saw->token);
  }
  ASSERT_FALSE(refused.empty());
  EXPECT_EQ(refused.front().substr(0, 9), "127.20.0.");
  EXPECT_EQ(refused.front().substr(refused.front().find(' ')), " site.origin.test t-1");
}

}  // namespace
}  // namespace pinproof::conformance
