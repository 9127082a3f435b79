#include "mock_upstream/contract/upstream_contract.h"

#include "mock_upstream/contract/contract_testing.h"

namespace pinproof::mock_upstream {
namespace {

class UpstreamContract : public LiveUpstreams {
 protected:
  std::string exit_text(std::size_t exit, bool up) {
    return "{\"ip\":\"127.20.0." + std::to_string(exit + 1) +
           "\",\"port\":" + std::to_string(upstreams->exits().list()[exit].port) +
           R"(,"type":"res","region":"us","state":"ca","city":"la","asn":7922,"up":)" + (up ? "true}" : "false}");
  }
};

TEST_F(UpstreamContract, ListsTheExits) {
  EXPECT_EQ(call("GET", "/exits"), "200 [" + exit_text(0, true) + "," + exit_text(1, true) + "]\n");
}

TEST_F(UpstreamContract, ActsOnOne) {
  EXPECT_EQ(call("POST", "/exits/127.20.0.2", R"({"action": "drop", "for_ns": 1000})"),
            "200 " + exit_text(1, false) + "\n");
  TestClient gateway(bench, exit_at(1));
  ASSERT_TRUE(gateway.wait_for_end());
  EXPECT_TRUE(gateway.refused());
  EXPECT_EQ(bench.clock.next_deadline(), sim::kStart + std::chrono::nanoseconds(1000));
  EXPECT_EQ(call("POST", "/exits/127.20.0.2", R"({"action": "restore"})"), "200 " + exit_text(1, true) + "\n");
}

TEST_F(UpstreamContract, SchedulesAnAction) {
  EXPECT_EQ(call("POST", "/exits/127.20.0.1", R"({"action": "drop", "at_ns": 2000, "for_ns": 500})"),
            "200 " + exit_text(0, true) + "\n");
  bench.clock.advance_to(sim::kStart + std::chrono::nanoseconds(2000));
  EXPECT_FALSE(upstreams->exits().is_up(sim::ExitId{0}));
  bench.clock.advance_to(sim::kStart + std::chrono::nanoseconds(2500));
  EXPECT_TRUE(upstreams->exits().is_up(sim::ExitId{0}));
}

TEST_F(UpstreamContract, ReadsTheJournalFromWhereItWasLeft) {
  EXPECT_EQ(call("GET", "/journal?since=0"), "200 {\"next\":0,\"events\":[]}\n");
  TestClient gateway(bench, exit_at(0));
  gateway.send("POST http://a.origin.test/t/t-1 HTTP/1.1\r\nx-one: \xff\r\nContent-Length: 5\r\n\r\nhello");
  ASSERT_TRUE(gateway.wait_for("t-1\n"));
  EXPECT_EQ(
      call("GET", "/journal?since=0"),
      "200 {\"next\":3,\"events\":["
      "{\"sequence\":0,\"at_ns\":0,\"seen_by\":\"exit\",\"exit\":\"127.20.0.1\",\"event\":\"forwarded\",\"method\":"
      "\"POST\",\"host\":\"a.origin.test\",\"token\":\"t-1\"},"
      "{\"sequence\":1,\"at_ns\":0,\"seen_by\":\"origin\",\"from\":\"127.20.0.1\",\"method\":\"POST\",\"path\":\"/t/"
      "t-1\",\"token\":\"t-1\",\"headers\":[[\"x-one\",\"\xEF\xBF\xBD\"],[\"Content-Length\",\"5\"],[\"Host\",\"a."
      "origin."
      "test\"]],\"body_bytes\":5,\"body_digest\":\"26c7827d889f6da3\"},"
      "{\"sequence\":2,\"at_ns\":0,\"seen_by\":\"exit\",\"exit\":\"127.20.0.1\",\"event\":\"answered\",\"method\":"
      "\"POST\",\"host\":\"a.origin.test\",\"token\":\"t-1\"}]}\n");
  EXPECT_EQ(call("GET", "/journal?since=3"), "200 {\"next\":3,\"events\":[]}\n");
  EXPECT_EQ(call("GET", "/journal?since=4"), "400 {\"error\":\"the journal has come to 3, and not yet to 4\"}\n");
  EXPECT_EQ(call("POST", "/reset"), "200 {}\n");
  EXPECT_EQ(call("GET", "/journal?since=2"),
            "410 {\"error\":\"the journal begins at 3; what was before it is forgotten\"}\n");
  EXPECT_EQ(call("GET", "/journal"), "200 {\"next\":3,\"events\":[]}\n");
}

TEST_F(UpstreamContract, ALongJournalComesInPages) {
  for (int i = 0; i < 5000; ++i) bench.site->journal.add(sim::kStart, ExitSaw());
  EXPECT_TRUE(call("GET", "/journal?since=0").starts_with("200 {\"next\":4096,\"events\":[{\"sequence\":0,"));
  EXPECT_TRUE(call("GET", "/journal?since=4096").starts_with("200 {\"next\":5000,\"events\":[{\"sequence\":4096,"));
}

TEST_F(UpstreamContract, ReleasesAGate) {
  TestClient gateway(bench, exit_at(0));
  gateway.send("GET http://a.origin.test/t/t-1?size=6&gate=3 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for("abc"));
  EXPECT_EQ(call("POST", "/release", R"({"token": "t-1"})"), "200 {}\n");
  EXPECT_TRUE(gateway.wait_for("abcdef"));
}

struct Refusal {
  const char* name;
  const char* method;
  const char* path;
  const char* body;
  const char* answer;
};

class Refusals : public UpstreamContract, public testing::WithParamInterface<Refusal> {};
TEST_P(Refusals, SayWhatIsWrong) {
  const Refusal& c = GetParam();
  bench.clock.advance_to(sim::kStart + std::chrono::nanoseconds(9));
  EXPECT_EQ(call(c.method, c.path, c.body), c.answer);
}
INSTANTIATE_TEST_SUITE_P(
    Table, Refusals,
    testing::Values(
        Refusal{"unknown_path", "GET", "/exit", "", "404 {\"error\":\"there is no /exit\"}\n"},
        Refusal{"no_exit_named", "POST", "/exits/", "", "404 {\"error\":\"there is no /exits/\"}\n"},
        Refusal{"unknown_exit", "POST", "/exits/10.0.0.1", "{}", "404 {\"error\":\"there is no exit 10.0.0.1\"}\n"},
        Refusal{"method", "DELETE", "/exits", "", "405 {\"error\":\"/exits takes GET, not DELETE\"}\n"},
        Refusal{"no_json", "POST", "/exits/127.20.0.1", "drop",
                "400 {\"error\":\"body: at 1:1: found invalid literal, expected JSON\"}\n"},
        Refusal{"action_unknown", "POST", "/exits/127.20.0.1", R"({"action": "drip"})",
                "400 {\"error\":\"body: at /action: found \\\"drip\\\", expected one of \\\"drop\\\", \\\"restore\\\", "
                "\\\"reset\\\", \\\"fail\\\", \\\"slow\\\", \\\"blackhole\\\" (did you mean \\\"drop\\\"?)\"}\n"},
        Refusal{"stranger", "POST", "/exits/127.20.0.1", R"({"action": "drop", "for": 1})",
                "400 {\"error\":\"body: at /for: found unknown key \\\"for\\\", expected one of \\\"action\\\", "
                "\\\"for_ns\\\", \\\"count\\\", \\\"at_ns\\\", \\\"delay_ns\\\"\"}\n"},
        Refusal{"for_zero", "POST", "/exits/127.20.0.1", R"({"action": "drop", "for_ns": 0})",
                "400 {\"error\":\"body: at /for_ns: found 0, expected an integer from 1 to 9223372036854775806\"}\n"},
        Refusal{"count_of_a_drop", "POST", "/exits/127.20.0.1", R"({"action": "drop", "count": 1})",
                "400 {\"error\":\"body: at /count: found 1, expected no count: nobody is there to count what a closed "
                "listener refuses\"}\n"},
        Refusal{"for_of_a_reset", "POST", "/exits/127.20.0.1", R"({"action": "reset", "for_ns": 1})",
                "400 {\"error\":\"body: at /for_ns: found 1, expected no for_ns: this action is done at once\"}\n"},
        Refusal{"slow_without_delay", "POST", "/exits/127.20.0.1", R"({"action": "slow"})",
                "400 {\"error\":\"body: found an object without \\\"delay_ns\\\", expected that key\"}\n"},
        Refusal{"delay_of_a_drop", "POST", "/exits/127.20.0.1", R"({"action": "drop", "delay_ns": 1})",
                "400 {\"error\":\"body: at /delay_ns: found 1, expected no delay_ns: only \\\"slow\\\" has one\"}\n"},
        Refusal{"at_past", "POST", "/exits/127.20.0.1", R"({"action": "drop", "at_ns": 8})",
                "400 {\"error\":\"body: at /at_ns: found 8, expected an integer from 9 to 9223372036854775806\"}\n"},
        Refusal{"since_no_number", "GET", "/journal?since=x", "", "400 {\"error\":\"since is not a number\"}\n"},
        Refusal{"query_unknown", "GET", "/journal?from=1", "", "400 {\"error\":\"the query is since=N\"}\n"},
        Refusal{
            "release_nothing", "POST", "/release", R"({"token": ""})",
            "400 {\"error\":\"body: at /token: found \\\"\\\", expected a non-empty string of at most 256 bytes\"}\n"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_F(UpstreamContract, WantsTheToken) {
  const std::string refusal = "401 {\"error\":\"the token is missing or wrong: Authorization: Bearer TOKEN\"}\n";
  for (const char* field : {"", "Authorization: Bearer secret-2\r\n", "Authorization: Bearer secret-11\r\n",
                            "Authorization: Basic c2VjcmV0LTE=\r\n"}) {
    EXPECT_EQ(exchange("GET /exits HTTP/1.1\r\n" + std::string(field) + "Connection: close\r\n\r\n"), refusal);
  }
  EXPECT_NE(last_head.find("WWW-Authenticate: Bearer"), std::string::npos);
}

TEST_F(UpstreamContract, KnowsAllowLimitsAndKeptConnections) {
  call("PUT", "/clock");
  EXPECT_NE(last_head.find("\r\nAllow: GET\r\n"), std::string::npos) << last_head;
  EXPECT_EQ(call("POST", "/release", std::string(65'537, 'x')), "413 {\"error\":\"a body has 65536 bytes at most\"}\n");
  TestClient client(bench, upstreams->api());
  for (int i = 0; i < 3; ++i) {
    client.forget();
    client.send("GET /clock HTTP/1.1\r\nauthorization: bearer secret-1\r\n\r\n");
    ASSERT_TRUE(client.wait_for("\"held\":0}\n"));
  }
}

TEST_F(UpstreamContract, StopLeavesNothingToDo) {
  TestClient gateway(bench, exit_at(0));
  gateway.send("GET http://a.origin.test/t/t-1?size=6&gate=3 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for("abc"));
  TestClient tunnel(bench, exit_at(1));
  tunnel.send("CONNECT a.origin.test:443 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(tunnel.wait_for("200 OK"));
  upstreams->stop();
  EXPECT_TRUE(bench.run_until([&] { return bench.site->tasks->running() == 0; }, "the end of all tasks"));
}

}  // namespace
}  // namespace pinproof::mock_upstream
