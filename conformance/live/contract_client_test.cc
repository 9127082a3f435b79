#include "conformance/live/contract_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <variant>

#include "conformance/live/contract_json.h"
#include "mock_upstream/contract/upstreams.h"
#include "mock_upstream/net/listener.h"
#include "mock_upstream/testing/bench_testing.h"
#include "sim/pool/standard_pool.h"

namespace pinproof::conformance {
namespace {

namespace net = mock_upstream;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

std::string lost(const std::function<void()>& call) {
  try {
    call();
  } catch (const ControlLost& lost) {
    return lost.what();
  }
  return "";
}

class Contracts : public testing::Test {
 protected:
  void SetUp() override {
    net::UpstreamsOptions options;
    options.exits.exits = sim::standard_pool(3);
    options.api.token = "secret-1";
    upstreams.emplace(bench.site, options);
    ASSERT_EQ(upstreams->start(), std::nullopt);
    control.emplace(bench.io, options_of("secret-1"));
  }
  void TearDown() override {
    control.reset();
    upstreams->stop();
  }
  ContractOptions options_of(std::string token) const {
    ContractOptions options;
    options.url = "http://127.0.0.1:" + std::to_string(upstreams->api().port()) + "/";
    options.token = std::move(token);
    return options;
  }
  void ask_origin(std::string_view url) {
    const sim::Exit& exit = upstreams->exits().list()[1];
    net::TestClient client(bench, net::Endpoint(net::asio::ip::make_address_v4(exit.address), exit.port));
    client.send("GET http://shop.origin.test" + std::string(url) +
                " HTTP/1.1\r\nHost: shop.origin.test\r\nConnection: close\r\n\r\n");
    ASSERT_TRUE(client.wait_for_end());
  }

  net::TestBench bench;
  std::optional<net::Upstreams> upstreams;
  std::optional<HttpUpstreamControl> control;
};

TEST_F(Contracts, ReadAndMoveTheClock) {
  EXPECT_EQ(control->clock().state().now, sim::kStart);
  EXPECT_EQ(control->clock().state().next_deadline, sim::kNever);
  const ClockState later = control->clock().advance_to(sim::kStart + 12s);
  EXPECT_EQ(later.now, sim::kStart + 12s);
  ASSERT_TRUE(later.counts);
  EXPECT_EQ(later.counts->received, 0U);
  EXPECT_THAT(lost([&] { control->clock().advance_to(sim::kStart + 11s); }),
              AllOf(HasSubstr("/clock/advance: answered 400: "), HasSubstr("12000000000")));
}

TEST_F(Contracts, ListExitsAndDoThingsToThem) {
  const std::vector<sim::Exit> exits = control->exits();
  EXPECT_EQ(exits, upstreams->exits().list());
  sim::ExitEvent event;
  event.exit = sim::ExitId{2};
  event.action = sim::ExitAction::kDrop;
  event.lasting = 60s;
  control->act(event);
  EXPECT_FALSE(upstreams->exits().is_up(sim::ExitId{2}));
  EXPECT_EQ(control->clock().state().next_deadline, sim::kStart + 60s);
  control->reset();
  EXPECT_TRUE(upstreams->exits().is_up(sim::ExitId{2}));
  event.action = sim::ExitAction::kSlow;
  event.delay = 5s;
  event.count = 2;
  control->act(event);
  event.exit = sim::ExitId{3};
  EXPECT_EQ(lost([&] { control->act(event); }), "exit number 3 is not among the 3 that the upstreams list");
}

TEST_F(Contracts, ReadTheJournalFromWhereTheyAreToldTo) {
  ask_origin("/t/t-1?size=3");
  const auto all = control->journal(0);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(std::get<net::ExitSaw>(all[0].saw).sight, net::ExitSight::kForwarded);
  EXPECT_EQ(std::get<net::ExitSaw>(all[0].saw).token, "t-1");
  const auto& origin = std::get<net::OriginSaw>(all[1].saw);
  EXPECT_EQ(origin.from, upstreams->exits().list()[1].address);
  EXPECT_EQ(origin.path, "/t/t-1?size=3");
  EXPECT_EQ(*origin.headers.find("Host"), "shop.origin.test");
  EXPECT_EQ(control->journal(2).size(), 1U);
  EXPECT_TRUE(control->journal(3).empty());
  control->reset();
  EXPECT_TRUE(control->journal(1).empty()) << "what is forgotten on purpose is not asked for";
  EXPECT_TRUE(control->journal(0).empty());
  control->reset();
  ask_origin("/t/t-2");
  EXPECT_EQ(control->journal(4).size(), 2U) << "numbers go on";
  EXPECT_TRUE(control->journal(6).empty());
  EXPECT_EQ(control->journal(2).size(), 3U)
      << "what a reset forgot is no loss, however often the journal is read since";
}

TEST_F(Contracts, AJournalWithNothingInItYetIsReadAgain) {
  ask_origin("/t/t-1");
  EXPECT_EQ(control->journal(0).size(), 3U);
  control->reset();
  ask_origin("/t/t-2");
  control->reset();
  EXPECT_TRUE(control->journal(3).empty());
  EXPECT_TRUE(control->journal(3).empty()) << "nothing came, so that it is asked for from the same number";
  ask_origin("/t/t-3");
  EXPECT_EQ(control->journal(3).size(), 3U);
}

TEST_F(Contracts, WhatAnotherMadeTheServerForgetIsALossUntilTheNextReset) {
  ask_origin("/t/t-1");
  EXPECT_EQ(control->journal(2).size(), 1U);
  ask_origin("/t/t-2");
  HttpUpstreamControl(bench.io, options_of("secret-1")).reset();
  EXPECT_THAT(lost([&] { control->journal(3); }), HasSubstr("/journal?since=3: answered 410: "));
  control->reset();
  ask_origin("/t/t-3");
  EXPECT_EQ(control->journal(3).size(), 3U);
}

TEST_F(Contracts, ReadAJournalOfManyPages) {
  for (int i = 0; i < 5'000; ++i) bench.site->journal.add(sim::kStart, net::ExitSaw{"127.20.0.1", {}, "GET", "h", "t"});
  EXPECT_EQ(control->journal(0).size(), 5'000U);
}

TEST_F(Contracts, SayWhatIsWrongAndNeverTheToken) {
  HttpUpstreamControl stranger(bench.io, options_of("wrong-token"));
  EXPECT_THAT(lost([&] { stranger.exits(); }),
              AllOf(HasSubstr("http://127.0.0.1:"), HasSubstr("/exits: answered 401"), Not(HasSubstr("wrong-token"))));
  ContractOptions nowhere;
  nowhere.url = "https://127.0.0.1:1";
  EXPECT_EQ(lost([&] { HttpClockControl(bench.io, nowhere).state(); }),
            "/clock: the URL is not of the form http://ADDRESS:PORT");
  nowhere.url = "http://127.0.0.1:1";
  EXPECT_EQ(lost([&] { HttpClockControl(bench.io, nowhere).state(); }),
            "http://127.0.0.1:1/clock: cannot connect: Connection refused");
}

// A server that says whatever it is told to, on each connection once.
class Hostile : public testing::Test {
 protected:
  net::Task<> answer(std::shared_ptr<net::Connection> connection) {
    std::string buffer(65536, '\0');
    while (true) {
      const auto [error, read] = co_await connection->read_some(std::span<char>(buffer.data(), buffer.size()));
      asked.append(buffer, 0, read);
      if (error) break;
      const std::string text = said;
      const auto [failed, written] = co_await connection->write(text);
      if (failed) break;
      if (closes) co_await connection->close_sending();
    }
  }

  std::string answer_to_state(std::string text, bool close = true, std::size_t body_max = 10'000) {
    said = std::move(text);
    closes = close;
    net::Listener listener(
        bench.io.get_executor(),
        [this](net::Socket socket) {
          ++connections;
          auto connection = std::make_shared<net::Connection>(std::move(socket), bench.site->idle);
          bench.site->tasks->start("a hostile server", answer(connection));
        },
        [](std::string_view) {});
    EXPECT_EQ(listener.open(net::Endpoint(net::asio::ip::address_v4::loopback(), 0)), net::Error());
    ContractOptions options;
    options.url = "http://127.0.0.1:" + std::to_string(listener.local().port());
    options.token = "secret-token";
    options.answer_time_max = 500ms;
    options.body_bytes_max = body_max;
    HttpClockControl clock(bench.io, options);
    std::string what = lost([&] { state = clock.state(); });
    if (what.empty()) what = lost([&] { state = clock.state(); });
    const std::string prefix = options.url + "/clock: ";
    return what.starts_with(prefix) ? what.substr(prefix.size()) : what;
  }
  static std::string ok(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }

  std::string said;
  std::string asked;
  bool closes = true;
  int connections = 0;
  ClockState state;
  net::TestBench bench;  // the last, since what runs on it to its end uses the others
};

TEST_F(Hostile, AClockWithoutCountsIsAsGood) {
  EXPECT_EQ(answer_to_state(ok(R"({"version":1,"now_ns":7,"next_deadline_ns":null,"more":[]})"), false), "");
  EXPECT_EQ(connections, 1) << "the connection is kept";
  EXPECT_EQ(state.now, sim::kStart + 7ns);
  EXPECT_FALSE(state.counts);
  EXPECT_THAT(asked, HasSubstr("GET /clock HTTP/1.1\r\nHost: 127.0.0.1:"));
  EXPECT_THAT(asked, HasSubstr("\r\nAuthorization: Bearer secret-token\r\n"));
}

TEST_F(Hostile, AConnectionClosedMeanwhileIsOpenedAnew) {
  EXPECT_EQ(answer_to_state(ok(R"({"version":1,"now_ns":7,"next_deadline_ns":9})"), true), "");
  EXPECT_EQ(connections, 2);
  EXPECT_EQ(state.next_deadline, sim::kStart + 9ns);
}

TEST_F(Hostile, AnswersThatAreNoneAreToldApart) {
  EXPECT_EQ(answer_to_state(""), "closed the connection without an answer");
  EXPECT_EQ(answer_to_state("", false), "no answer within 500 ms");
  EXPECT_EQ(answer_to_state("hello\r\n\r\n"), "answered what is not HTTP/1.1");
  EXPECT_EQ(answer_to_state("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"),
            "closed the connection inside its answer");
  EXPECT_EQ(answer_to_state("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", false), "no answer within 500 ms");
  EXPECT_EQ(answer_to_state("HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x')),
            "answered with a head that is too large");
  EXPECT_EQ(answer_to_state(ok(std::string(10'001, ' '))), "answered with a body that is too large");
  EXPECT_EQ(answer_to_state("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"), "answered 500");
  EXPECT_EQ(answer_to_state("HTTP/1.1 403 No\r\nContent-Length: 35\r\n\r\n{\"error\": \"not \\u001bsecret-token\"}"),
            "answered 403: \"not \\u001b{token}\"");
  EXPECT_THAT(answer_to_state(ok("[]")), HasSubstr("its answer: found an array, expected an object"));
  EXPECT_THAT(answer_to_state(ok("{")), HasSubstr("its answer: "));
}

TEST_F(Hostile, ClocksThatMeanSomethingElseAreRefused) {
  EXPECT_EQ(answer_to_state(ok(R"({"version":2,"now_ns":7,"next_deadline_ns":null})")),
            "its answer: at /version: found 2, expected version 1");
  EXPECT_THAT(answer_to_state(ok(R"({"version":1,"now_ns":-7,"next_deadline_ns":null})")), HasSubstr("at /now_ns"));
  EXPECT_THAT(answer_to_state(ok(R"({"version":1,"now_ns":7.5,"next_deadline_ns":null})")), HasSubstr("at /now_ns"));
  EXPECT_THAT(answer_to_state(ok(R"({"version":1,"now_ns":7})")), HasSubstr("next_deadline_ns"));
  EXPECT_THAT(answer_to_state(ok(R"({"version":1,"now_ns":7,"next_deadline_ns":null,"received":1})")),
              HasSubstr("active"));
}

TEST(JournalPages, AreInOrderOrRefused) {
  const auto complaint = [](const std::string& text) {
    std::vector<net::JournalEntry> entries;
    const auto error =
        sim::read_json("page", text, [&](const sim::JsonReader& json) { read_journal_page(json, 5, entries); });
    return error ? error->pointer + " " + error->expected : "";
  };
  const std::string event = R"({"sequence":5,"at_ns":0,"seen_by":"exit","exit":"127.20.0.1","event":"answered"})";
  EXPECT_EQ(complaint(R"({"next":6,"events":[)" + event + "]}"), "");
  EXPECT_EQ(complaint(R"({"next":6,"events":[)" + event + "," + event + "]}"),
            "/events/1/sequence a number from 6 on, in order");
  EXPECT_EQ(complaint(R"({"next":5,"events":[)" + event + "]}"), "/next 6 or more, since that many came");
  EXPECT_EQ(complaint(R"({"next":6,"events":[{"sequence":5,"at_ns":0,"seen_by":"exit","exit":"a/../b"}]})"),
            "/events/0/exit an IP address");
}

}  // namespace
}  // namespace pinproof::conformance
