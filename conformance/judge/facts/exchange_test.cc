#include "conformance/judge/facts/exchange.h"

#include <gtest/gtest.h>

#include <ostream>

#include "conformance/judge/facts/traffic_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kExit = "127.20.0.1";
constexpr std::string_view kError = "X-Helodata-Error-Code";

struct Case {
  const char* name;
  Request request;
  Fate fate;
  bool origin_seen = true;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

Request origin_says(int status) { return Request(1).served(kExit, 0s).answered(status, 0s); }
Request gateway_says(int status) { return Request(1).answered(status, 0s).told(kError, "some-code"); }
Request somebody_says(int status) { return Request(1).answered(status, 0s); }

Request echoed() {
  Request request = somebody_says(200);
  request.exchange().seen.exit_by_origin = kExit;
  return request;
}

Request declared(Request request, std::uint64_t length) {
  request.exchange().seen.body_declared = length;
  return request;
}

class Fates : public testing::TestWithParam<Case> {};

TEST_P(Fates, FollowFromWhatWasSeen) {
  HistoryHeader header = named_traffic_header();
  if (!GetParam().origin_seen) header.capabilities = {Capability::kTime};
  EXPECT_EQ(static_cast<int>(GetParam().request.build(header).fate), static_cast<int>(GetParam().fate));
}

const Case kCases[] = {
    {"Served", origin_says(200), Fate::kServed},
    {"TheOriginsOwn404", origin_says(404), Fate::kServed},
    {"TheOriginsOwn500", origin_says(500), Fate::kServed},
    {"Refused", gateway_says(400), Fate::kRefused},
    {"RefusedWith407", somebody_says(407), Fate::kRefused},
    {"Failed", gateway_says(502), Fate::kFailed},
    {"NeverReachedTheOrigin", somebody_says(404), Fate::kRefused},
    {"EchoedByAnOriginOfOthers", echoed(), Fate::kServed},
    {"CutShort", declared(origin_says(200), 10), Fate::kCutShort},
    {"NotModifiedHasNoBody", declared(origin_says(304), 500), Fate::kServed},
    {"HeadHasNoBody", declared(Request(1).method("HEAD").served(kExit, 0s), 500), Fate::kServed},
    {"NoAnswer", Request(1).unanswered(30s), Fate::kUnknown},
    {"Closed", Request(1).unanswered(1s, AnswerEnd::kClosed), Fate::kClosed},

    // A log of the client's alone: without the gateway's error header a failure may be either's.
    {"LogServed", somebody_says(200), Fate::kServed, false},
    {"LogRefused", gateway_says(400), Fate::kRefused, false},
    {"LogNotFoundBySomebody", somebody_says(404), Fate::kUnknown, false},
    {"LogFailedBySomebody", somebody_says(500), Fate::kUnknown, false},
    {"LogProxyAuthentication", somebody_says(407), Fate::kRefused, false},
};

INSTANTIATE_TEST_SUITE_P(Cases, Fates, testing::ValuesIn(kCases),
                         [](const testing::TestParamInfo<Case>& one) { return one.param.name; });

TEST(ClaimedExits, LoseTheirPortAndNothingElse) {
  const std::pair<const char*, const char*> claims[] = {{"127.20.0.1", "127.20.0.1"},
                                                        {"127.20.0.1:3128", "127.20.0.1"},
                                                        {"2001:db8::1", "2001:db8::1"},
                                                        {"[2001:db8::1]:3128", "2001:db8::1"}};
  for (const auto& [claimed, exit] : claims) {
    Request request = somebody_says(200);
    request.exchange().seen.exit_by_header = claimed;
    EXPECT_EQ(request.build(named_traffic_header()).exit, exit);
  }
}

}  // namespace
}  // namespace pinproof::conformance
