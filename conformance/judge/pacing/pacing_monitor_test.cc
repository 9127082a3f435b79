#include "conformance/judge/pacing/pacing_monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "conformance/judge/facts/traffic_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Not;
using testing::Contains;

using Lines = std::vector<std::string>;

constexpr std::string_view kOne = "127.20.0.1";
constexpr std::string_view kTwo = "127.20.0.2";
constexpr std::string_view kNext = "X-Crawlera-Next-Request-In";

/// Request `id` of a session, sent at one instant and forwarded at another.
Request paced(std::uint64_t id, Duration sent, Duration forwarded, std::string_view session = "s1",
              std::string_view exit = kOne) {
  return Request(id).sent(sent).session(session).served(exit, forwarded);
}

Request paced_to(std::string_view host, std::uint64_t id, Duration sent, Duration forwarded) {
  return Request(id).sent(sent).session("s1").host(host).served(kOne, forwarded);
}

/// Requests 1 to `count`, all sent at 0, spaced by 12 s; from 120 s on they are told their delay in whole seconds.
std::vector<Request> burst(std::uint64_t count) {
  std::vector<Request> requests;
  for (std::uint64_t id = 1; id <= count; ++id) {
    const Duration delay = 12s * (id - 1);
    requests.push_back(paced(id, 0s, delay));
    if (delay >= 120s) requests.back().told(kNext, std::to_string(12 * (id - 1)));
  }
  return requests;
}

struct Case {
  std::string name;
  std::vector<Request> requests;
  Lines lines;
  std::vector<std::pair<std::string, std::string>> readings = {};
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

HistoryHeader header_of(const Case& one) {
  HistoryHeader header = issued_traffic_header();
  for (const auto& [name, value] : one.readings) header.readings[name] = value;
  return header;
}

Lines judged(const Case& one) {
  const HistoryHeader header = header_of(one);
  PacingMonitor monitor(header);
  return lines_of(monitor, header, one.requests);
}

std::vector<Request> and_then(std::vector<Request> requests, const Request& last) {
  requests.push_back(last);
  return requests;
}

class Pacing : public testing::TestWithParam<Case> {};

TEST_P(Pacing, IsJudged) { EXPECT_EQ(judged(GetParam()), GetParam().lines); }

const Case kSpacing[] = {
    {"TwelveSeconds",
     {paced(1, 0s, 0s), paced(2, 1s, 12s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"FarApartSaysNothing", {paced(1, 0s, 0s), paced(2, 60s, 60s)}, {"C-PAC-6 pass"}},
    {"ElevenSeconds",
     {paced(1, 0s, 0s), paced(2, 1s, 11s)},
     {"C-PAC-1 fail 1 2", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"NoSpacing",
     {paced(1, 0s, 0s), paced(2, 1s, 1s), paced(3, 2s, 2s)},
     {"C-PAC-1 fail 1 2", "C-PAC-1 fail 2 3", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"HostsShareTheSlot",
     {paced_to("a.origin.test", 1, 0s, 0s), paced_to("b.origin.test", 2, 1s, 1s)},
     {"C-PAC-1 fail 1 2", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"HostsHaveSlotsOfTheirOwn",
     {paced_to("a.origin.test", 1, 0s, 0s), paced_to("b.origin.test", 2, 1s, 1s),
      paced_to("a.origin.test", 3, 2s, 11s)},
     {"C-PAC-1 fail 1 3", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"},
     {{"pacing_scope", "exit_and_domain"}}},
    {"HeldAtOnceOnAnUnusedExit", {paced(1, 0s, 12s)}, {"C-PAC-1 fail 1", "C-PAC-3 pass", "C-PAC-6 pass"}},
};
INSTANTIATE_TEST_SUITE_P(Spacing, Pacing, testing::ValuesIn(kSpacing), [](const auto& one) { return one.param.name; });

const Case kDomains[] = {
    {"OwnDelay",
     {paced_to("popular.origin.test", 1, 0s, 0s), paced_to("popular.origin.test", 2, 1s, 3s)},
     {"C-PAC-2 pass", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"LessThanIt",
     {paced_to("popular.origin.test", 1, 0s, 0s), paced_to("popular.origin.test", 2, 1s, 2s)},
     {"C-PAC-2 fail 1 2", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"TheDefaultInstead",
     {paced_to("popular.origin.test", 1, 0s, 0s), paced_to("popular.origin.test", 2, 1s, 12s)},
     {"C-PAC-2 fail 1 2", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"TheDelayIsTheEarlierOnes",
     {paced_to("shop.origin.test", 1, 0s, 0s), paced_to("popular.origin.test", 2, 1s, 3s)},
     {"C-PAC-2 fail 1 2", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"WhoseItIsIsOpen",
     {paced_to("shop.origin.test", 1, 0s, 0s), paced_to("popular.origin.test", 2, 1s, 3s)},
     {"C-PAC-2 pass", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"},
     {{"pacing_law", "open"}}},
};
INSTANTIATE_TEST_SUITE_P(Domains, Pacing, testing::ValuesIn(kDomains), [](const auto& one) { return one.param.name; });

const Case kGrowth[] = {
    {"Grows",
     {paced(1, 0s, 0s), paced(2, 1s, 12s), paced(3, 2s, 24s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-4 pass", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"StaysTheSame",
     {paced(1, 0s, 0s), paced(2, 0s, 12s), paced(3, 0s, 12s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-4 fail 2 3", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"ForgottenByTheNext",
     {paced(1, 0s, 0s), paced(2, 1s, 12s), paced(3, 2s, 2s)},
     {"C-PAC-3 pass", "C-PAC-4 fail 2 3", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"MoreThanTheQueue",
     {paced(1, 0s, 0s), paced(2, 1s, 12s), paced(3, 2s, 36s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-4 fail 2 3", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"MoreThanTheQueueByAnotherLaw",
     {paced(1, 0s, 0s), paced(2, 1s, 13s), paced(3, 2s, 26s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-4 pass", "C-PAC-6 pass", "C-PAC-9 pass"},
     {{"pacing_law", "linear"}}},
    {"AnAbandonedRequestMayHaveASlot",
     {paced(1, 0s, 0s), Request(2).sent(1s).session("s1").unanswered(5s, AnswerEnd::kAbandoned), paced(3, 2s, 24s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"}},
    {"OrNone",
     {paced(1, 0s, 0s), Request(2).sent(1s).session("s1").unanswered(5s, AnswerEnd::kAbandoned), paced(3, 2s, 12s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"}},
};
INSTANTIATE_TEST_SUITE_P(Growth, Pacing, testing::ValuesIn(kGrowth), [](const auto& one) { return one.param.name; });

const Case kSessions[] = {
    {"ShareAnExit",
     {paced(1, 0s, 0s, "s1"), paced(2, 1s, 12s, "s2")},
     {"C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-8 pass", "C-PAC-9 pass"}},
    {"ShareAnExitUnspaced",
     {paced(1, 0s, 0s, "s1"), paced(2, 1s, 1s, "s2")},
     {"C-PAC-6 pass", "C-PAC-8 fail 1 2", "C-PAC-9 pass"}},
    {"OnTwoExits", {paced(1, 0s, 0s, "s1", kOne), paced(2, 1s, 1s, "s2", kTwo)}, {"C-PAC-6 pass", "C-PAC-8 pass"}},
    {"OnTwoExitsHeldUp",
     {paced(1, 0s, 0s, "s1", kOne), paced(2, 1s, 12s, "s2", kTwo)},
     {"C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-8 fail 2"}},
};
INSTANTIATE_TEST_SUITE_P(Sessions, Pacing, testing::ValuesIn(kSessions),
                         [](const auto& one) { return one.param.name; });

const Case kOrder[] = {
    {"Overtaken",
     {paced(1, 0s, 0s), paced(2, 1s, 24s), paced(3, 2s, 12s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 fail 3 2"}},
    {"Twice",
     {paced(1, 0s, 0s), Request(2).sent(1s).session("s1").served(kOne, 12s).served(kOne, 24s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 fail 2"}},
    {"TwiceAtOnce",
     {paced(1, 0s, 0s), Request(2).sent(1s).session("s1").served(kOne, 12s).served(kOne, 12s)},
     {"C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 fail 2"}},
    {"WaitedPastItsSlot",
     {paced(1, 0s, 0s), Request(2).sent(1s).session("s1").unanswered(100s)},
     {"C-PAC-6 pass", "C-PAC-9 fail 2"}},
    {"DidNotWaitForIt", {paced(1, 0s, 0s), Request(2).sent(1s).session("s1").unanswered(11s)}, {"C-PAC-6 pass"}},
    {"TurnedAwayWithoutAWord",
     {paced(1, 0s, 0s), Request(2).sent(1s).session("s1").unanswered(1s, AnswerEnd::kClosed)},
     {"C-PAC-6 pass", "C-PAC-9 fail 2"}},
};
INSTANTIATE_TEST_SUITE_P(Order, Pacing, testing::ValuesIn(kOrder), [](const auto& one) { return one.param.name; });

Request asks_for_retries(std::uint64_t id, Duration sent) {
  return Request(id).sent(sent).session("s1").says("X-Crawlera-Max-Retries", "3");
}

const Case kRetries[] = {
    {"Spaced", {asks_for_retries(1, 0s).tried(kOne, 0s).served(kOne, 12s)}, {"C-RET-5 pass"}},
    {"AtOnce", {asks_for_retries(1, 0s).tried(kOne, 0s).served(kOne, 0s)}, {"C-RET-5 fail 1"}},
    {"AfterARefusedConnection",
     {asks_for_retries(1, 0s).tried(kOne, 0s, UpstreamEvent::kRefused).served(kOne, 0s)},
     {"C-RET-5 fail 1"}},
    {"TakesASlot",
     {asks_for_retries(1, 0s).tried(kOne, 0s).served(kOne, 12s), paced(2, 13s, 13s)},
     {"C-PAC-6 pass", "C-PAC-9 pass", "C-RET-5 fail 1 2"}},
};
INSTANTIATE_TEST_SUITE_P(Retries, Pacing, testing::ValuesIn(kRetries), [](const auto& one) { return one.param.name; });

Request refused_at_ceiling(std::uint64_t id) {
  return Request(id)
      .sent(0s)
      .session("s1")
      .answered(503, 0s)
      .told("Retry-After", "12")
      .told("X-Crawlera-Error", "serverbusy");
}

TEST(PacingCeiling, ARequestMayWait900Seconds) {
  const Lines lines = judged({"", burst(76), {}});
  EXPECT_THAT(lines, ElementsAre("C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-4 pass", "C-PAC-5 pass", "C-PAC-6 pass",
                                 "C-PAC-9 pass"));
}

TEST(PacingCeiling, AndNotLonger) {
  EXPECT_THAT(judged({"", burst(77), {}}), Contains("C-PAC-3 fail 77"));
  EXPECT_THAT(judged({"", burst(77), {}}), Not(Contains("C-PAC-4 fail 76 77")));
}

TEST(PacingCeiling, WhoWouldHaveToIsRefusedWithRetryAfter) {
  EXPECT_THAT(judged({"", and_then(burst(76), refused_at_ceiling(77)), {}}), Contains("C-PAC-3 pass"));
  const Request unsaid = Request(77).sent(0s).session("s1").answered(503, 0s).told("X-Crawlera-Error", "serverbusy");
  EXPECT_THAT(judged({"", and_then(burst(76), unsaid), {}}), Contains("C-PAC-3 fail 76 77"));
}

TEST(PacingCeiling, AndNobodyElse) {
  EXPECT_THAT(judged({"", and_then(burst(75), refused_at_ceiling(76)), {}}), Contains("C-PAC-3 fail 75 76"));
}

TEST(PacingCeiling, OrIsHeldForThatLong) {
  const Case held{"", and_then(burst(76), paced(77, 0s, 900s).told(kNext, "900")), {}, {{"over_ceiling", "still_900"}}};
  EXPECT_THAT(judged(held), Contains("C-PAC-3 pass"));
  EXPECT_THAT(judged(held), Contains("C-PAC-1 pass"));
  const Case refused{"", and_then(burst(76), refused_at_ceiling(77)), {}, {{"over_ceiling", "still_900"}}};
  EXPECT_THAT(judged(refused), Contains("C-PAC-3 fail 76 77"));
}

TEST(PacingAnnounced, TheFirstToReach120SecondsMayGoWithout) {
  std::vector<Request> requests = burst(11);
  requests.back() = paced(11, 0s, 120s);
  EXPECT_THAT(judged({"", requests, {}}), Not(Contains(testing::StartsWith("C-PAC-5 fail"))));
}

TEST(PacingAnnounced, TheNextMayNot) {
  std::vector<Request> requests = burst(12);
  requests.back() = paced(12, 0s, 132s);
  EXPECT_THAT(judged({"", requests, {}}), Contains("C-PAC-5 fail 12"));
}

TEST(PacingAnnounced, WholeSecondsInAgreementWithTheDelay) {
  const auto announcing = [](const std::string& value, const std::string& reading) {
    std::vector<Request> requests = burst(11);
    requests.back() = paced(11, 0s, 120s);
    return judged({"", and_then(requests, paced(12, 0s, 132s).told(kNext, value)), {}, {{"announced_delay", reading}}});
  };
  for (const char* good : {"131", "132", "133"}) EXPECT_THAT(announcing(good, "own"), Contains("C-PAC-5 pass")) << good;
  for (const char* bad : {"130", "134", "144", "132000", "132.0", "132s", "-132", ""}) {
    EXPECT_THAT(announcing(bad, "own"), Contains("C-PAC-5 fail 12")) << bad;
  }
  for (const char* good : {"143", "144", "145"})
    EXPECT_THAT(announcing(good, "next"), Contains("C-PAC-5 pass")) << good;
  EXPECT_THAT(announcing("132", "next"), Contains("C-PAC-5 fail 12"));
  for (const char* good : {"132", "144"}) EXPECT_THAT(announcing(good, "inferred"), Contains("C-PAC-5 pass")) << good;
  EXPECT_THAT(announcing("138", "inferred"), Contains("C-PAC-5 fail 12"));
}

TEST(PacingAnnounced, InferredMeansTheSameThroughoutARun) {
  std::vector<Request> requests = burst(12);  // their own delays
  requests.push_back(paced(13, 0s, 144s).told(kNext, "156"));
  EXPECT_THAT(judged({"", requests, {}, {{"announced_delay", "inferred"}}}), Contains("C-PAC-5 fail 13"));
}

TEST(PacingAnnounced, NotBelow120Seconds) {
  EXPECT_THAT(judged({"", {paced(1, 0s, 0s), paced(2, 1s, 12s).told(kNext, "11")}, {}}), Contains("C-PAC-6 fail 2"));
  const Request refused =
      Request(1).sent(0s).session("gone").answered(400, 0s).told("X-Crawlera-Error", "bad_session_id").told(kNext, "0");
  EXPECT_THAT(judged({"", {refused}, {}}), ElementsAre("C-PAC-6 fail 1"));
}

TEST(PacingPause, BackToTheDefault) {
  const std::vector<Request> busy{paced(1, 0s, 0s), paced(2, 1s, 12s)};
  EXPECT_THAT(judged({"", and_then(busy, paced(3, 24s, 24s)), {}}), Contains("C-PAC-7 pass"));
  EXPECT_THAT(judged({"", and_then(busy, paced(3, 60s, 72s)), {}}), Contains("C-PAC-7 fail 2 3"));
}

TEST(PacingPause, TheHeaderIsGone) {
  const Lines lines = judged({"", and_then(burst(12), paced(13, 600s, 600s).told(kNext, "132")), {}});
  EXPECT_THAT(lines, Contains("C-PAC-7 fail 13"));
  EXPECT_THAT(lines, Contains("C-PAC-6 pass"));
}

TEST(PacingPause, AnOpenLawIsGivenTheLongestDelay) {
  const std::vector<Request> busy{paced(1, 0s, 0s), paced(2, 1s, 12s)};
  const Case soon{"", and_then(busy, paced(3, 60s, 72s)), {}, {{"pacing_law", "open"}}};
  EXPECT_THAT(judged(soon), Not(Contains(testing::StartsWith("C-PAC-7"))));
  const Case late{"", and_then(busy, paced(3, 913s, 925s)), {}, {{"pacing_law", "open"}}};
  EXPECT_THAT(judged(late), Contains("C-PAC-7 fail 2 3"));
}

TEST(PacingTolerance, IsTheGatewaysFavour) {
  HistoryHeader header = issued_traffic_header();
  header.clock = ClockKind::kWall;
  header.tolerance = 200ms;
  const auto lines = [&](Duration forwarded) {
    PacingMonitor monitor(header);
    return lines_of(monitor, header, {paced(1, 0s, 0s), paced(2, 1s, forwarded)});
  };
  // Both instants of the gap may be off, each by 200 ms.
  EXPECT_THAT(lines(11600ms), Contains("C-PAC-1 pass"));
  EXPECT_THAT(lines(11599ms), Contains("C-PAC-1 fail 1 2"));
  EXPECT_THAT(lines(12400ms), Contains("C-PAC-1 pass"));
  // On the way from the client as long as another delay: more than that is a hold.
  EXPECT_THAT(lines(24400ms), Not(Contains("C-PAC-4 fail 1 2")));
  EXPECT_THAT(lines(24401ms), Contains("C-PAC-4 fail 1 2"));
}

TEST(PacingTolerance, OnAWallClockRequestsOfOneMomentMayArriveInAnyOrder) {
  HistoryHeader header = issued_traffic_header();
  header.clock = ClockKind::kWall;
  header.tolerance = 200ms;
  PacingMonitor monitor(header);
  const Lines lines = lines_of(monitor, header, {paced(1, 0s, 0s), paced(2, 1s, 24s), paced(3, 1100ms, 12s)});
  EXPECT_THAT(lines, ElementsAre("C-PAC-1 pass", "C-PAC-3 pass", "C-PAC-6 pass", "C-PAC-9 pass"));
}

// What a lone request takes on its way is no hold, and no clock but a virtual one takes it for nothing.
TEST(PacingTransit, IsNoHoldOnAWallClock) {
  HistoryHeader header = issued_traffic_header();
  const auto lines = [&](Duration tolerance, Duration forwarded) {
    header.tolerance = tolerance;
    PacingMonitor monitor(header);
    return lines_of(monitor, header, {paced(1, 0s, forwarded)});
  };
  EXPECT_EQ(lines(0s, 50ms).front(), "C-PAC-1 fail 1");
  header.clock = ClockKind::kWall;
  EXPECT_EQ(lines(0s, 50ms), (Lines{"C-PAC-3 pass", "C-PAC-6 pass"}));
  EXPECT_EQ(lines(1s, 1500ms), (Lines{"C-PAC-6 pass"}));
  EXPECT_EQ(lines(0s, 12s), (Lines{"C-PAC-3 pass", "C-PAC-6 pass"}));
  EXPECT_EQ(lines(0s, 12001ms).front(), "C-PAC-1 fail 1");
}

TEST(PacingTolerance, OfTwoInstantsEachMayBeOff) {
  HistoryHeader header = issued_traffic_header();
  header.clock = ClockKind::kWall;
  header.tolerance = 1s;
  const auto lines = [&](Duration forwarded) {
    PacingMonitor monitor(header);
    return lines_of(monitor, header, {paced(1, 0s, 0s), paced(2, 9s, forwarded)});
  };
  EXPECT_THAT(lines(10500ms), Not(Contains(testing::StartsWith("C-PAC-1 fail"))));
  EXPECT_THAT(lines(10s), Not(Contains(testing::StartsWith("C-PAC-1 fail"))));
  EXPECT_THAT(lines(9999ms), Contains("C-PAC-1 fail 1 2"));
}

TEST(PacingRefusals, OfABusyGatewayAreNoCeiling) {
  const auto refused = [](std::string_view code) {
    return Request(2).sent(5s).session("s1").answered(503, 5s).told("Retry-After", "5").told("X-Crawlera-Error", code);
  };
  EXPECT_THAT(judged({"", {paced(1, 0s, 0s), refused("serverbusy")}, {}}),
              ElementsAre("C-PAC-3 inconclusive 1 2", "C-PAC-6 pass"));
  EXPECT_THAT(judged({"", {paced(1, 0s, 0s), refused("noslaves")}, {}}), ElementsAre("C-PAC-6 pass"));
  const Request banned = Request(77).sent(0s).session("s1").answered(503, 0s).told("X-Crawlera-Error", "banned");
  EXPECT_THAT(judged({"", and_then(burst(76), banned), {}}), Not(Contains(testing::StartsWith("C-PAC-3 fail"))));
}

TEST(PacingPipelined, ARequestArrivesWhenTheAnswerBeforeItOnItsConnectionHasEnded) {
  const auto lines = [](std::string_view connection, Duration other) {
    Request slow = Request(1).sent(0s).session("s1").connection("c1").served(kOne, 0s);
    slow.exchange().seen.answered_at = slow.exchange().seen.ended_at = sim::kStart + 5s;
    const Request behind = Request(2).sent(0s).session("s1").connection(connection, true).served(kOne, 24s);
    const Request beside = Request(3).sent(1s).session("s1").connection("c3").served(kOne, other);
    return judged({"", {slow, behind, beside}, {}});
  };
  // What came on another connection in the meantime goes first.
  EXPECT_THAT(lines("c1", 12s), Not(Contains(testing::HasSubstr("fail"))));
  EXPECT_THAT(lines("c2", 12s), Contains(testing::StartsWith("C-PAC-9 fail")));
  EXPECT_THAT(lines("c1", 13s), Contains(testing::HasSubstr("fail")))
      << "a second too late, and the next too close to it";
}

TEST(PacingUnseen, WithoutUpstreamsTheIntervalsDecide) {
  HistoryHeader header = issued_traffic_header();
  header.capabilities.remove(Capability::kAttempts);
  header.capabilities.remove(Capability::kExits);
  const auto lines = [&](Duration sent, Duration answered) {
    PacingMonitor monitor(header);
    Request first = paced(1, 0s, 1s);
    Request second = paced(2, sent, answered);
    first.exchange().seen.exit_by_origin = second.exchange().seen.exit_by_origin = "";
    first.exchange().seen.exit_by_header = second.exchange().seen.exit_by_header = "127.20.0.1:3128";
    return lines_of(monitor, header, {first, second});
  };
  EXPECT_THAT(lines(2s, 3s), Contains("C-PAC-1 fail 1 2"));
  EXPECT_THAT(lines(2s, 20s), Contains("C-PAC-1 inconclusive 1 2"));
}

}  // namespace
}  // namespace pinproof::conformance
