#include "conformance/judge/names/name_monitor.h"

#include <gtest/gtest.h>

#include <ostream>

#include "conformance/judge/facts/traffic_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

constexpr std::string_view kExit = "127.20.0.1";
constexpr std::string_view kGood = "helo_{account}-type-res-region-us-session-abc-sesstime-10";
constexpr std::string_view kId32 = "abcdefghijklmnopqrstuvwxyz012345";

struct Case {
  std::string name;
  Request request;
  Lines lines;
  std::vector<std::pair<std::string, std::string>> readings = {};
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

Request named(std::string_view user_name) { return Request(1).user(user_name); }

Request session(std::string_view id, std::string_view minutes) {
  std::string name = "helo_{account}-type-res-region-us-session-";
  name.append(id).append("-sesstime-").append(minutes);
  return named(name);
}

Request served(Request request) { return request.served(kExit, 0s); }

Request refused(Request request, int status = 400, std::string_view code = "bad-username") {
  return request.answered(status, 0s).told("X-Helodata-Error-Code", code);
}

class Names : public testing::TestWithParam<Case> {};

TEST_P(Names, AreJudged) {
  HistoryHeader header = named_traffic_header();
  for (const auto& [name, value] : GetParam().readings) header.readings[name] = value;
  NameMonitor monitor(header);
  EXPECT_EQ(lines_of(monitor, header, {GetParam().request}), GetParam().lines);
}

const Lines kRefusedFor9{"H-EXT-1 pass", "H-STK-11 pass", "H-STK-9 pass"};

const Case kCases[] = {
    {"AGoodNameServed", served(named(kGood)), {}},
    {"AGoodNameRefused", refused(named(kGood)), {"H-STK-9 fail 1"}},
    {"ARegionWithoutExits",
     refused(named("helo_{account}-type-res-region-fr-session-abc-sesstime-10"), 400, "unknown-region"),
     {}},

    // Refusals that say nothing of the name: a region without exits, a forbidden category, a limit, credentials that fail for a moment.
    {"RegionUnknownAtTheCap", refused(session("abc", "30"), 400, "unknown-region"), {}},
    {"ForbiddenAtTheCap", refused(session("abc", "30"), 403, "restricted-category-adult"), {}},
    {"TooManyAtTheSmallest", refused(session("abc", "1"), 429, "concurrent-limit"), {}},
    {"TooManyWithTheLongestId", refused(session(kId32, "10"), 429, "concurrent-limit"), {}},
    {"APassing407", session("abc", "10").answered(407, 0s), {}},
    {"BadRequest", refused(session("abc", "10"), 400, "bad-request"), {}},

    // H-STK-6: at most 30 minutes of a residential pin.
    {"ThirtyMinutes", served(session("abc", "30")), {"H-STK-6 pass"}},
    {"ThirtyMinutesRefused", refused(session("abc", "30")), {"H-STK-6 fail 1"}},
    {"ThirtyOneMinutesServed", served(session("abc", "31")), {"H-STK-6 fail 1"}},
    {"ThirtyOneMinutesRefused",
     refused(session("abc", "31"), 400, "sesstime-out-of-range"),
     {"H-EXT-1 pass", "H-STK-11 pass", "H-STK-6 pass"}},
    {"ThirtyOneMinutesClamped", served(session("abc", "31")), {}, {{"over_cap", "clamp"}}},
    {"MobileHasNoCap", served(named("helo_{account}-type-mob-region-us-session-abc-sesstime-31")), {}},

    // H-STK-7: whole minutes, from 1.
    {"OneMinute", served(session("abc", "1")), {"H-STK-7 pass"}},
    {"OneMinuteRefused", refused(session("abc", "1")), {"H-STK-7 fail 1"}},
    {"NoMinutes", served(session("abc", "0")), {"H-STK-7 fail 1"}},
    {"AFraction", served(session("abc", "1.5")), {"H-STK-7 fail 1"}},
    {"AWord", served(session("abc", "ten")), {"H-STK-7 fail 1"}},
    {"ALeadingZero", served(session("abc", "05")), {"H-STK-7 fail 1"}},
    {"ALeadingZeroAllowed", served(session("abc", "05")), {}, {{"leading_zeros", "distinct_key"}}},
    {"MoreThanAnyNumber", served(session("abc", "99999999999999999999")), {"H-STK-7 fail 1"}},
    {"NoMinutesRefused", refused(session("abc", "0")), {"H-STK-11 pass", "H-STK-7 pass"}},

    // H-STK-8: a-z and 0-9, up to 32 of them.
    {"ThirtyTwoCharacters", served(session(kId32, "10")), {"H-STK-8 pass"}},
    {"ThirtyTwoCharactersRefused", refused(session(kId32, "10")), {"H-STK-8 fail 1"}},
    {"ThirtyThreeCharacters", served(session(std::string(kId32) + "6", "10")), {"H-STK-8 fail 1"}},
    {"Capitals", served(session("Abc", "10")), {"H-STK-8 fail 1"}},
    {"AnUnderscore", served(session("a_c", "10")), {"H-STK-8 fail 1"}},
    {"NoId", served(session("", "10")), {"H-STK-8 fail 1"}},

    // H-STK-9: both or neither.
    {"NoSesstime", served(named("helo_{account}-type-res-region-us-session-abc")), {"H-STK-9 fail 1"}},
    {"NoSession", served(named("helo_{account}-type-res-region-us-sesstime-10")), {"H-STK-9 fail 1"}},
    {"NoSessionRefused", refused(named("helo_{account}-type-res-region-us-sesstime-10"), 400, "session-incomplete"),
     kRefusedFor9},
    {"RefusedWith407", refused(named("helo_{account}-type-res-region-us-sesstime-10"), 407, "session-incomplete"),
     kRefusedFor9},
    {"RefusedWith407Where400IsPromised",
     refused(named("helo_{account}-type-res-region-us-sesstime-10"), 407, "session-incomplete"),
     {"H-EXT-1 pass", "H-STK-11 pass", "H-STK-9 fail 1"},
     {{"malformed_name_status", "bad_request"}}},
    {"NotAnswered", named("helo_{account}-type-res-region-us-sesstime-10").unanswered(30s), {}},

    // H-STK-11: refused before anything is forwarded.
    {"RefusedAfterAnUpstreamWasTried",
     refused(session("abc", "0").tried(kExit, 0s)),
     {"H-STK-11 fail 1", "H-STK-7 pass"}},

    // H-EXT-1 and H-EXT-2.
    {"OutOfOrder", served(named("helo_{account}-region-us-type-res")), {"H-EXT-1 fail 1"}},
    {"SesstimeBeforeSession",
     served(named("helo_{account}-type-res-region-us-sesstime-10-session-job")),
     {"H-EXT-1 fail 1"}},
    {"StateBehindSesstime",
     served(named("helo_{account}-type-res-region-us-session-job-sesstime-10-state-ca")),
     {"H-EXT-1 fail 1"}},
    {"NoType", served(named("helo_{account}-region-us")), {"H-EXT-1 fail 1"}},
    {"AnotherCode",
     refused(named("helo_{account}-type-res-region-us-sesstime-10"), 400, "bad-username"),
     {"H-EXT-1 fail 1", "H-STK-11 pass", "H-STK-9 pass"}},

    // H-AUT-1.
    {"WrongPassword",
     refused(named(kGood), 407).credentials(CredentialFault::kWrongPassword).told("Proxy-Authenticate", "Basic"),
     {"H-AUT-1 pass"}},
    {"WrongPasswordWithoutAChallenge",
     refused(named(kGood), 407).credentials(CredentialFault::kWrongPassword),
     {"H-AUT-1 fail 1"}},
    {"WrongPassword403", refused(named(kGood), 403).credentials(CredentialFault::kWrongPassword), {"H-AUT-1 fail 1"}},
    {"WrongPasswordServed", served(named(kGood)).credentials(CredentialFault::kWrongPassword), {"H-AUT-1 fail 1"}},
    {"AnUnknownSubUser401", refused(named(kGood), 401).credentials(CredentialFault::kUnknownAccount), {"H-AUT-1 pass"}},
    {"AnUnknownSubUser401Where407IsPromised",
     refused(named(kGood), 401).credentials(CredentialFault::kUnknownAccount),
     {"H-AUT-1 fail 1"},
     {{"unknown_subuser_status", "proxy_authentication"}}},
};

INSTANTIATE_TEST_SUITE_P(Cases, Names, testing::ValuesIn(kCases),
                         [](const testing::TestParamInfo<Case>& one) { return one.param.name; });

TEST(Names, TheClaimedExitIsTheOneTheOriginSaw) {
  const HistoryHeader header = named_traffic_header();
  NameMonitor monitor(header);
  Request honest = served(named(kGood));
  honest.exchange().seen.exit_by_header = "127.20.0.1";
  Request other = served(Request(2).user(kGood));
  other.exchange().seen.exit_by_header = "127.20.0.2";
  EXPECT_EQ(lines_of(monitor, header, {honest, other}), (Lines{"H-EXT-2 fail 2"}));
}

}  // namespace
}  // namespace pinproof::conformance
