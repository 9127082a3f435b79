#include "mock_upstream/origin/origin.h"

#include <gtest/gtest.h>

#include "mock_upstream/testing/bench_testing.h"
#include "sim/core/digest.h"

namespace pinproof::mock_upstream {
namespace {

class LiveOrigin : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(origin.start(), std::nullopt); }
  void TearDown() override { origin.stop(); }
  std::vector<OriginSaw> saw() const {
    std::vector<OriginSaw> all;
    for (const JournalEntry& entry : bench.site->journal.entries()) all.push_back(std::get<OriginSaw>(entry.saw));
    return all;
  }

  TestBench bench;
  Origin origin{bench.site, OriginOptions()};
};

TEST_F(LiveOrigin, AnswersAsTheUrlSays) {
  TestClient client(bench, origin.http());
  client.send("GET /t/t-1?size=3&cookie=red HTTP/1.1\r\nHost: a.origin.test\r\n\r\n");
  ASSERT_TRUE(client.wait_for("\r\n\r\nabc"));
  EXPECT_EQ(client.received(),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nOrigin-Read-Bytes: 0\r\n"
            "Set-Cookie: c=red; Path=/\r\n\r\nabc");
}

TEST_F(LiveOrigin, TellsWhoAsksTheirAddress) {
  TestClient client(bench, origin.http(), "127.20.3.4");
  client.send("GET /ip HTTP/1.1\r\nHost: ip.origin.test\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(client.wait_for_end());
  EXPECT_EQ(
      client.received(),
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{\"ip\": \"127.20.3.4\"}\n");
}

TEST_F(LiveOrigin, ReportsWhatItSaw) {
  bench.clock.advance_to(sim::kStart + std::chrono::seconds(7));
  TestClient client(bench, origin.http(), "127.20.3.4");
  client.send("POST /t/t-9?size=0 HTTP/1.1\r\nHost: a.origin.test\r\nx-One: 1\r\nContent-Length: 5\r\n\r\nhello");
  ASSERT_TRUE(client.wait_for("Origin-Read-Bytes: 5\r\n\r\n"));
  ASSERT_EQ(saw().size(), 1U);
  const OriginSaw seen = saw()[0];
  EXPECT_EQ(seen.from, "127.20.3.4");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/t/t-9?size=0");
  EXPECT_EQ(seen.token, "t-9");
  EXPECT_EQ(seen.headers, (sim::Headers{{"Host", "a.origin.test"}, {"x-One", "1"}, {"Content-Length", "5"}}));
  EXPECT_EQ(seen.body_bytes, 5U);
  EXPECT_EQ(seen.body_digest, sim::digest_of("hello"));
  EXPECT_EQ(seen.tls_fingerprint, "");
  EXPECT_EQ(bench.site->journal.entries()[0].at, sim::kStart + std::chrono::seconds(7));
}

TEST_F(LiveOrigin, PipelinedRequestsAreAnsweredInOrder) {
  TestClient client(bench, origin.http());
  client.send(
      "POST /t/t-1?size=0 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n0\r\n\r\n"
      "HEAD /t/t-2?size=9 HTTP/1.1\r\n\r\nGET /t/t-3 HTTP/1.1\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(client.wait_for_end());
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(client.received(),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nOrigin-Read-Bytes: 4\r\n\r\n"
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\nOrigin-Read-Bytes: 0\r\n\r\n"
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nOrigin-Read-Bytes: 0\r\n\r\nt-3\n");
}

TEST_F(LiveOrigin, StopsAtItsGateUntilReleased) {
  TestClient client(bench, origin.http());
  client.send("GET /t/t-1?size=8&gate=5 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(client.wait_for("abcde"));
  bench.settle();
  EXPECT_TRUE(client.received().ends_with("\r\n\r\nabcde"));
  EXPECT_EQ(bench.site->activity.held, 1U);
  EXPECT_TRUE(bench.site->gates.release("t-1"));
  ASSERT_TRUE(client.wait_for("abcdefgh"));
  EXPECT_EQ(bench.site->activity.held, 0U);
  client.forget();
  client.send("GET /t/t-1?size=8&gate=5 HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(client.wait_for("abcdefgh")) << "a release is kept";
}

TEST_F(LiveOrigin, NoticesThatAPeerAtTheGateHasGone) {
  TestClient client(bench, origin.http());
  client.send("GET /t/t-1?size=8&gate=0 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(client.wait_for("\r\n\r\n"));
  client.close();
  EXPECT_TRUE(bench.run_until([&] { return bench.site->activity.held == 0; }, "the gate's giving up"));
}

TEST_F(LiveOrigin, LargeBodiesComeWhole) {
  TestClient client(bench, origin.http());
  client.send("GET /t/t-1?size=10000000 HTTP/1.1\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(client.wait_for_end());
  const std::size_t head = client.received().find("\r\n\r\n") + 4;
  ASSERT_EQ(client.received().size() - head, 10'000'000U);
  std::uint64_t wrong = 0;
  for (std::size_t i = 0; i < 10'000'000U; ++i) wrong += client.received()[head + i] != static_cast<char>('a' + i % 26);
  EXPECT_EQ(wrong, 0U);
}

TEST_F(LiveOrigin, SaysToGoOnWhenAsked) {
  TestClient client(bench, origin.http());
  client.send("POST /t/t-1 HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  ASSERT_TRUE(client.wait_for("HTTP/1.1 100 Continue\r\n\r\n"));
  client.send("ok");
  EXPECT_TRUE(client.wait_for("Origin-Read-Bytes: 2\r\n\r\nt-1\n"));
}

struct BadCase {
  const char* name;
  std::string sent;
  const char* answered;
};

class BadRequests : public LiveOrigin, public testing::WithParamInterface<BadCase> {};
TEST_P(BadRequests, AreRefusedAndEndTheConnection) {
  TestClient client(bench, origin.http());
  client.send(GetParam().sent);
  ASSERT_TRUE(client.wait_for_end());
  EXPECT_TRUE(client.received().starts_with(GetParam().answered)) << client.received();
  EXPECT_TRUE(client.closed());
}
INSTANTIATE_TEST_SUITE_P(
    Table, BadRequests,
    testing::Values(
        BadCase{"garbage", "\x01\x02\x03\r\n\r\n", "HTTP/1.1 400 "},
        BadCase{"head_too_large", "GET / HTTP/1.1\r\nA: " + std::string(70'000, 'a') + "\r\n\r\n", "HTTP/1.1 431 "},
        BadCase{"coding", "POST / HTTP/1.1\r\nTransfer-Encoding: br\r\n\r\n", "HTTP/1.1 501 "},
        BadCase{"tunnel", "CONNECT a.origin.test:80 HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 405 "}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(OriginLimits, ResetsConnectionsBeyondTheLimit) {
  TestBench bench;
  OriginOptions options;
  options.connections_max = 1;
  Origin origin(bench.site, options);
  ASSERT_EQ(origin.start(), std::nullopt);
  TestClient first(bench, origin.http());
  first.send("GET /t/t-1 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(first.wait_for("t-1\n"));
  TestClient second(bench, origin.http());
  ASSERT_TRUE(second.wait_for_end());
  EXPECT_TRUE(second.was_reset());
  origin.stop();
}

TEST(OriginLimits, EndsConnectionsThatAreIdleOrDribbleAHead) {
  TestBench bench;
  OriginOptions options;
  options.wire.idle_max = std::chrono::milliseconds(20);
  options.wire.head_time_max = std::chrono::milliseconds(20);
  Origin origin(bench.site, options);
  ASSERT_EQ(origin.start(), std::nullopt);
  TestClient idle(bench, origin.http());
  TestClient dribbling(bench, origin.http());
  dribbling.send("GET / HT");
  EXPECT_TRUE(idle.wait_for_end());
  EXPECT_TRUE(dribbling.wait_for_end());
  origin.stop();
}

}  // namespace
}  // namespace pinproof::mock_upstream
