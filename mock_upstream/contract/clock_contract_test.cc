#include "mock_upstream/contract/clock_contract.h"

#include "mock_upstream/clock/wall_clock.h"
#include "mock_upstream/contract/contract_testing.h"

namespace pinproof::mock_upstream {
namespace {

using ClockContract = LiveUpstreams;

TEST_F(ClockContract, TellsTheTimeAndWhatIsHeld) {
  EXPECT_EQ(call("GET", "/clock"),
            "200 {\"version\":1,\"now_ns\":0,\"next_deadline_ns\":null,\"received\":0,\"active\":0,\"held\":0}\n");
  ASSERT_EQ(call("POST", "/exits/127.20.0.1", R"({"action": "slow", "delay_ns": 5000000000})").substr(0, 4), "200 ");
  TestClient gateway(bench, exit_at(0));
  gateway.send("GET http://a.origin.test/t/t-1 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(bench.run_until([&] { return bench.site->activity.held == 1; }, "the exit's waiting"));
  EXPECT_EQ(
      call("GET", "/clock"),
      "200 {\"version\":1,\"now_ns\":0,\"next_deadline_ns\":5000000000,\"received\":1,\"active\":1,\"held\":1}\n");
  EXPECT_EQ(
      call("POST", "/clock/advance", R"({"to_ns": 5000000000})"),
      "200 {\"version\":1,\"now_ns\":5000000000,\"next_deadline_ns\":null,\"received\":1,\"active\":0,\"held\":0}\n");
  EXPECT_TRUE(gateway.wait_for("t-1\n"));
}

struct BadAdvance {
  const char* name;
  const char* body;
  const char* answer;
};

class BadAdvances : public ClockContract, public testing::WithParamInterface<BadAdvance> {};
TEST_P(BadAdvances, SayWhatIsWrong) {
  bench.clock.advance_to(sim::kStart + std::chrono::nanoseconds(7));
  EXPECT_EQ(call("POST", "/clock/advance", GetParam().body), GetParam().answer);
  EXPECT_EQ(bench.clock.now(), sim::kStart + std::chrono::nanoseconds(7));
}
INSTANTIATE_TEST_SUITE_P(
    Table, BadAdvances,
    testing::Values(
        BadAdvance{"past", R"({"to_ns": 6})",
                   "400 {\"error\":\"body: at /to_ns: found 6, expected an integer from 7 to 9223372036854775806\"}\n"},
        BadAdvance{"missing", "{}",
                   "400 {\"error\":\"body: found an object without \\\"to_ns\\\", expected that key\"}\n"},
        BadAdvance{"stranger", R"({"to_ns": 8, "by": 1})",
                   "400 {\"error\":\"body: at /by: found unknown key \\\"by\\\", expected \\\"to_ns\\\"\"}\n"},
        BadAdvance{"no_json", "to_ns=8", "400 {\"error\":\"body: at 1:2: found invalid literal, expected JSON\"}\n"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ClockContractOfAWallClock, IsReadAndNotMoved) {
  TestBench bench;
  WallClock clock(bench.io.get_executor());
  const Activity activity{3, 2, 1};
  const auto routes = clock_routes(clock, activity);
  const ApiAnswer state = routes[0].handle({});
  EXPECT_EQ(state.status, 200);
  EXPECT_NE(state.json.find("\"received\":3,\"active\":2,\"held\":1}"), std::string::npos);
  ApiRequest request;
  request.body = R"({"to_ns": 1})";
  const ApiAnswer refusal = routes[1].handle(request);
  EXPECT_EQ(refusal.status, 409);
  EXPECT_EQ(refusal.json, "{\"error\":\"this clock moves by itself\"}");
}

}  // namespace
}  // namespace pinproof::mock_upstream
