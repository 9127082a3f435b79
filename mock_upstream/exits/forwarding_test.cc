#include <gmock/gmock.h>

#include "mock_upstream/exits/exits_testing.h"

namespace pinproof::mock_upstream {
namespace {

using testing::ElementsAre;

constexpr std::string_view kAnswer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nOrigin-Read-Bytes: 0\r\n\r\nabc";

class Forwarding : public LiveExits {
 protected:
  const OriginSaw& origin_saw(std::size_t entry) {
    return std::get<OriginSaw>(bench.site->journal.entries()[entry].saw);
  }
};

TEST_F(Forwarding, APlainRequestReachesTheOriginFromTheExitsAddress) {
  TestClient gateway(bench, at(1));
  gateway.send(
      "GET http://a.origin.test/t/t-1?size=3 HTTP/1.1\r\nHost: a.origin.test\r\nx-Mine: 1\r\nConnection: "
      "keep-alive\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for(kAnswer));
  EXPECT_EQ(gateway.received(), kAnswer);
  EXPECT_THAT(journal(), ElementsAre("0s 127.20.0.2 forwarded GET a.origin.test t-1",
                                     "0s origin from 127.20.0.2 GET /t/t-1?size=3 t-1",
                                     "0s 127.20.0.2 answered GET a.origin.test t-1"));
  EXPECT_EQ(origin_saw(1).headers,
            (sim::Headers{{"Host", "a.origin.test"}, {"x-Mine", "1"}, {"Connection", "keep-alive"}}));
}

TEST_F(Forwarding, AHostIsAddedWhereThereWasNone) {
  TestClient gateway(bench, at(0));
  gateway.send("GET http://b.origin.test:8080/t/t-1 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for("t-1\n"));
  EXPECT_EQ(origin_saw(1).headers, (sim::Headers{{"Host", "b.origin.test:8080"}}));
}

TEST_F(Forwarding, EveryExitLeavesFromItsOwnAddress) {
  for (std::size_t i = 0; i < 3; ++i) {
    TestClient gateway(bench, at(i));
    gateway.send("GET http://origin.test/t/t-1 HTTP/1.1\r\n\r\n");
    ASSERT_TRUE(gateway.wait_for("t-1\n"));
    EXPECT_EQ(origin_saw(3 * i + 1).from, "127.20.0." + std::to_string(i + 1));
  }
}

TEST_F(Forwarding, KeptAndPipelinedRequestsAreAnsweredInOrder) {
  TestClient gateway(bench, at(0));
  gateway.send(
      "GET http://a.origin.test/t/t-1 HTTP/1.1\r\n\r\n"
      "POST http://a.origin.test/t/t-2?size=0 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
      "HEAD http://a.origin.test/t/t-3?size=7 HTTP/1.1\r\n\r\n"
      "GET http://a.origin.test/t/t-4 HTTP/1.1\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for_end());
  EXPECT_TRUE(gateway.closed());
  const std::string& received = gateway.received();
  EXPECT_LT(received.find("t-1\n"), received.find("Origin-Read-Bytes: 3"));
  EXPECT_LT(received.find("Origin-Read-Bytes: 3"), received.find("Content-Length: 7"));
  EXPECT_TRUE(received.ends_with("t-4\n"));
  EXPECT_EQ(bench.site->activity.received, 4U);
}

TEST_F(Forwarding, BodiesStreamInBothFramings) {
  TestClient gateway(bench, at(0));
  const std::string body(3'000'000, 'x');
  gateway.send("POST http://a.origin.test/t/t-1?size=5000000 HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n" + body);
  ASSERT_TRUE(gateway.wait_for("Origin-Read-Bytes: 3000000\r\n\r\n"));
  const std::size_t head = gateway.received().find("\r\n\r\n") + 4;
  ASSERT_TRUE(gateway.wait_for_bytes(head + 5'000'000));
  gateway.forget();
  gateway.send(
      "POST http://a.origin.test/t/t-2?size=0 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n "
      "there\r\n0\r\n\r\n");
  EXPECT_TRUE(gateway.wait_for("Origin-Read-Bytes: 11\r\n\r\n"));
}

TEST_F(Forwarding, GoAheadIsPassedOn) {
  TestClient gateway(bench, at(0));
  gateway.send("POST http://a.origin.test/t/t-1 HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for("HTTP/1.1 100 Continue\r\n\r\n"));
  gateway.send("ok");
  EXPECT_TRUE(gateway.wait_for("Origin-Read-Bytes: 2\r\n\r\nt-1\n"));
}

TEST_F(Forwarding, ATunnelCarriesRequestsUntilItIsClosed) {
  TestClient gateway(bench, at(2));
  gateway.send(
      "CONNECT t-7.a.origin.test:443 HTTP/1.1\r\nHost: t-7.a.origin.test:443\r\n\r\nGET /t/t-8 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for("t-8\n"));
  EXPECT_TRUE(gateway.received().starts_with("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: "));
  EXPECT_EQ(bench.site->activity.active, 0U) << "a tunnel that stands is answered";
  gateway.send("GET /t/t-9 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for("t-9\n"));
  gateway.close();
  ASSERT_TRUE(journal_has("0s 127.20.0.3 closed CONNECT t-7.a.origin.test t-7"));
  EXPECT_THAT(
      journal(),
      ElementsAre("0s 127.20.0.3 forwarded CONNECT t-7.a.origin.test t-7",
                  "0s 127.20.0.3 answered CONNECT t-7.a.origin.test t-7", "0s origin from 127.20.0.3 GET /t/t-8 t-8",
                  "0s origin from 127.20.0.3 GET /t/t-9 t-9", "0s 127.20.0.3 closed CONNECT t-7.a.origin.test t-7"));
}

TEST_F(Forwarding, ATunnelEndsWhenTheOriginCloses) {
  TestClient gateway(bench, at(0));
  gateway.send("CONNECT a.origin.test:80 HTTP/1.1\r\n\r\nGET /t/t-1 HTTP/1.1\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for("t-1\n"));
  gateway.stop_sending();
  ASSERT_TRUE(gateway.wait_for_end());
  EXPECT_TRUE(gateway.closed());
  EXPECT_TRUE(journal_has("0s 127.20.0.1 closed CONNECT a.origin.test "));
}

TEST_F(Forwarding, GoneGatewaysAreNoticedWhileTheOriginWaits) {
  TestClient gateway(bench, at(0));
  gateway.send("GET http://a.origin.test/t/t-1?size=9&gate=4 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for("\r\n\r\nabcd"));
  EXPECT_EQ(bench.site->activity.held, 1U);
  gateway.close();
  EXPECT_TRUE(journal_has("0s 127.20.0.1 closed GET a.origin.test t-1"));
  EXPECT_TRUE(bench.run_until([&] { return bench.site->activity.held == 0; }, "the origin's giving up"));
}

TEST_F(Forwarding, AnOriginThatIsNotThereIsTheExitsFailure) {
  origin.stop();
  TestClient gateway(bench, at(0));
  gateway.send("GET http://a.origin.test/t/t-1 HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(gateway.wait_for("Proxy-Status: \"127.20.0.1\"; error=proxy_internal_error\r\n"));
}

struct ForeignCase {
  const char* name;
  const char* request;
  const char* answered;
};

class Foreign : public Forwarding, public testing::WithParamInterface<ForeignCase> {};
TEST_P(Foreign, NothingElseIsForwardedTo) {
  TestClient gateway(bench, at(0));
  gateway.send(std::string(GetParam().request) + "\r\n\r\n");
  ASSERT_TRUE(gateway.wait_for_end());
  EXPECT_TRUE(gateway.received().starts_with(GetParam().answered)) << gateway.received();
  EXPECT_NE(gateway.received().find("Proxy-Status: \"127.20.0.1\"; error=http_request_"), std::string::npos);
  for (const std::string& line : journal()) EXPECT_EQ(line.find("origin from"), std::string::npos) << line;
}
INSTANTIATE_TEST_SUITE_P(
    Table, Foreign,
    testing::Values(ForeignCase{"host", "GET http://example.com/ HTTP/1.1", "HTTP/1.1 403 "},
                    ForeignCase{"suffix_only", "GET http://evilorigin.test/ HTTP/1.1", "HTTP/1.1 403 "},
                    ForeignCase{"address", "GET http://127.0.0.1/ HTTP/1.1", "HTTP/1.1 403 "},
                    ForeignCase{"connect", "CONNECT example.com:443 HTTP/1.1", "HTTP/1.1 403 "},
                    ForeignCase{"origin_form", "GET /t/t-1 HTTP/1.1\r\nHost: a.origin.test", "HTTP/1.1 400 "},
                    ForeignCase{"connect_without_port", "CONNECT a.origin.test HTTP/1.1", "HTTP/1.1 400 "},
                    ForeignCase{"https_outside_a_tunnel", "GET https://a.origin.test/ HTTP/1.1", "HTTP/1.1 501 "}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace pinproof::mock_upstream
