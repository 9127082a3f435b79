#include "conformance/judge/forwarding/forwarding_monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "conformance/judge/facts/traffic_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using Lines = std::vector<std::string>;

constexpr std::string_view kOne = "127.20.0.1";
constexpr const char* kSticky = "helo_{account}-type-res-region-us-session-job1-sesstime-30";

enum class Dialect { kIssued, kNamed };

struct Case {
  std::string name;
  Dialect dialect;
  Request request;
  Lines lines;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

Request seen_with(Request request, std::string_view name, std::string_view value) {
  request.origin().headers.add(name, value);
  return request;
}

Request seen_without(Request request, std::string_view name) {
  request.origin().headers.remove(name);
  return request;
}

Request seen_as(Request request, void (*change)(OriginSaw&)) {
  change(request.origin());
  return request;
}

/// Through a tunnel: all that the upstream saw was CONNECT.
Request tunnelled(Request request) {
  request.exchange().seen.via = Via::kConnect;
  for (UpstreamSaw& saw : request.exchange().upstream) saw.method = "CONNECT";
  return request;
}

Request intercepted(Request request) {
  request.exchange().seen.via = Via::kConnect;
  return request;
}

Request plain() { return Request(1).says("Accept", "text/html").says("Cookie", "k=v").served(kOne, 0s); }
Request post() { return Request(1).method("POST", 300).served(kOne, 0s); }

class Forwarding : public testing::TestWithParam<Case> {};

TEST_P(Forwarding, IsJudged) {
  const HistoryHeader header = GetParam().dialect == Dialect::kNamed ? named_traffic_header() : issued_traffic_header();
  ForwardingMonitor monitor(header);
  EXPECT_EQ(lines_of(monitor, header, {GetParam().request}), GetParam().lines);
}

constexpr Dialect kNamed = Dialect::kNamed;
constexpr Dialect kIssued = Dialect::kIssued;

const Case kCases[] = {
    {"Unchanged", kNamed, plain(), {"G-1 pass", "H-NOT-2 pass"}},
    {"UnchangedIssued", kIssued, plain(), {"G-1 pass"}},
    {"NotForwarded", kNamed, Request(1).answered(407, 0s), {}},
    {"Method", kNamed, seen_as(plain(), [](OriginSaw& saw) { saw.method = "HEAD"; }), {"G-1 fail 1", "H-NOT-2 pass"}},
    {"Path", kNamed, seen_as(plain(), [](OriginSaw& saw) { saw.path += "?x"; }), {"G-1 fail 1", "H-NOT-2 pass"}},
    {"Body", kNamed, post(), {"G-1 pass", "H-NOT-2 pass"}},
    {"ShorterBody",
     kNamed,
     seen_as(post(), [](OriginSaw& saw) { saw.body_bytes = 299; }),
     {"G-1 fail 1", "H-NOT-2 pass"}},
    {"OtherBody",
     kNamed,
     seen_as(post(), [](OriginSaw& saw) { saw.body_digest = 78; }),
     {"G-1 fail 1", "H-NOT-2 pass"}},
    {"MissingHeader", kNamed, seen_without(plain(), "Accept"), {"G-1 fail 1", "H-NOT-2 pass"}},
    {"AlteredHeader", kNamed, seen_with(plain(), "accept", "*/*"), {"G-1 fail 1", "H-NOT-2 pass"}},
    {"JoinedHeader",
     kNamed,
     seen_with(seen_without(plain().says("Accept", "a"), "Accept"), "Accept", "text/html, a"),
     {"G-1 pass", "H-NOT-2 pass"}},
    {"Credentials", kNamed, seen_with(plain(), "Proxy-Authorization", "[redacted]"), {"G-1 fail 1", "H-NOT-2 pass"}},
    {"CredentialsIssued", kIssued, seen_with(plain(), "proxy-authorization", "[redacted]"), {"G-1 fail 1"}},
    {"ControlHeader",
     kNamed,
     seen_with(plain().says("X-Helodata-Tag", "a"), "x-helodata-tag", "a"),
     {"G-1 fail 1", "H-NOT-2 pass"}},
    {"ControlHeaderIssued", kIssued, seen_with(plain(), "X-Crawlera-Session", "1"), {"G-1 fail 1"}},
    {"HopByHop",
     kNamed,
     seen_with(plain().says("Keep-Alive", "timeout=5"), "Keep-Alive", "timeout=5"),
     {"G-1 fail 1", "H-NOT-2 pass"}},
    {"HopByHopOfTheExit", kNamed, seen_with(plain(), "Connection", "close"), {"G-1 pass", "H-NOT-2 pass"}},
    {"NamedByConnection",
     kNamed,
     seen_with(plain().says("Connection", "close, X-Goes").says("X-Goes", "1"), "X-Goes", "1"),
     {"G-1 fail 1", "H-NOT-2 pass"}},
    {"NamedByConnectionAndGone",
     kNamed,
     plain().says("Connection", "X-Goes").says("X-Goes", "1"),
     {"G-1 pass", "H-NOT-2 pass"}},
    {"Via", kNamed, seen_with(plain(), "Via", "1.1 gate"), {"G-1 pass", "H-NOT-2 pass"}},

    {"CookieNotSent",
     kNamed,
     seen_with(seen_without(plain(), "Accept").says("Accept", "a"), "X", "y"),
     {"G-1 fail 1", "H-NOT-2 fail 1"}},
    {"CookieCarriedOver",
     kNamed,
     seen_with(Request(1).served(kOne, 0s), "Cookie", "c=tracked"),
     {"G-1 pass", "H-NOT-2 fail 1"}},
    {"CookieCarriedOverBesideAnother",
     kNamed,
     seen_with(seen_without(plain(), "Cookie"), "Cookie", "k=v; c=tracked"),
     {"G-1 pass", "H-NOT-2 fail 1"}},
    {"HeaderCarriedOver", kNamed, seen_with(plain(), "X-Once", "1"), {"G-1 pass", "H-NOT-2 fail 1"}},
    {"HeaderAddedIssued", kIssued, seen_with(plain(), "X-Forwarded-For", "10.0.0.1"), {"G-1 fail 1"}},

    {"Tunnel", kNamed, tunnelled(plain()), {"G-1 pass", "H-NOT-2 pass"}},
    {"TunnelChanged", kNamed, seen_without(tunnelled(plain()), "Accept"), {"G-1 pass", "H-NOT-2 fail 1"}},
    {"TunnelBodyChanged",
     kNamed,
     seen_as(tunnelled(post()), [](OriginSaw& saw) { saw.body_bytes = 1; }),
     {"G-1 pass", "H-NOT-2 fail 1"}},
    {"TunnelPassesWhatIsForNobody",
     kNamed,
     seen_with(tunnelled(plain().says("X-Helodata-Tag", "a")), "X-Helodata-Tag", "a"),
     {"G-1 pass", "H-NOT-2 pass"}},
    {"TunnelWithCredentials",
     kNamed,
     seen_with(tunnelled(plain()), "Proxy-Authorization", "x"),
     {"G-1 fail 1", "H-NOT-2 pass"}},
    {"Intercepted", kIssued, seen_with(intercepted(plain()), "X-Crawlera-Session", "1"), {"G-1 fail 1"}},

    {"MalformedAndRefused", kIssued, Request(1).says("X-A", "a\nb").answered(400, 0s), {"G-3 pass"}},
    {"MalformedAndClosed", kIssued, Request(1).method("G T").unanswered(0s, AnswerEnd::kClosed), {"G-3 pass"}},
    {"MalformedAndServed", kIssued, Request(1).method("G T").served(kOne, 0s), {"G-1 pass", "G-3 fail 1"}},
    {"MalformedAndLeftWaiting", kIssued, Request(1).method("G T").unanswered(30s), {"G-3 fail 1"}},
    {"ReadInsideAnEncryptedTunnel",
     kIssued,
     tunnelled(seen_without(Request(1).says("X-Crawlera-Session", "create").served(kOne, 0s), "X-Crawlera-Session"))
         .told("X-Crawlera-Session", "7"),
     {"G-1 pass"}},
    {"GarbageRefused", kIssued, Request(1).shape(RequestShape::kGarbage).answered(400, 0s), {"G-3 pass"}},
    {"GarbageServed", kIssued, Request(1).shape(RequestShape::kGarbage).served(kOne, 0s), {"G-3 fail 1"}},
    {"GarbageLeftWaiting", kIssued, Request(1).shape(RequestShape::kGarbage).unanswered(30s), {"G-3 fail 1"}},
    {"TwoLengthsClosed",
     kIssued,
     Request(1).shape(RequestShape::kTwoLengths).unanswered(0s, AnswerEnd::kClosed),
     {"G-3 pass"}},
    {"TwoLengthsOfWhichOneWasTakenOut",
     kIssued,
     seen_with(Request(1).shape(RequestShape::kTwoLengths).served(kOne, 0s), "Transfer-Encoding", "chunked"),
     {"G-3 pass"}},
    {"TwoLengthsPassedOn",
     kIssued,
     seen_with(seen_with(Request(1).shape(RequestShape::kTwoLengths).served(kOne, 0s), "Content-Length", "5"),
               "Transfer-Encoding", "chunked"),
     {"G-3 fail 1"}},
    {"HalfHeadGivenUp", kIssued, Request(1).shape(RequestShape::kHalfHead).unanswered(0s, AnswerEnd::kAbandoned), {}},
    {"HalfHeadRefused", kIssued, Request(1).shape(RequestShape::kHalfHead).answered(408, 0s), {"G-3 pass"}},
    {"HeadTooLargeRefused", kIssued, Request(1).shape(RequestShape::kHeadTooLarge).answered(431, 0s), {"G-3 pass"}},
    {"HeadTooLargeServed", kIssued, Request(1).shape(RequestShape::kHeadTooLarge).served(kOne, 0s), {"G-3 pass"}},
    {"LargeHeadRefused", kIssued, Request(1).says("X-A", std::string(65'535, 'a')).answered(413, 0s), {"G-3 pass"}},
    {"LargeHeadLeftWaiting", kIssued, Request(1).says("X-A", std::string(65'535, 'a')).unanswered(30s), {"G-3 fail 1"}},
};
INSTANTIATE_TEST_SUITE_P(All, Forwarding, testing::ValuesIn(kCases), [](const auto& one) { return one.param.name; });

Request billed(std::string_view in, std::string_view out) {
  return Request(1)
      .method("POST", 4'000)
      .user(kSticky)
      .served(kOne, 0s)
      .answer_body(100'000)
      .told("X-Helodata-Bytes-In", in)
      .told("X-Helodata-Bytes-Out", out);
}

TEST(Usage, HeadersAgreeWithTheBytesWithin1024) {
  const HistoryHeader header = named_traffic_header();
  const auto lines = [&](const Request& request) {
    ForwardingMonitor monitor(header);
    return lines_of(monitor, header, {request});
  };
  EXPECT_THAT(lines(billed("100000", "4000")), ElementsAre("G-1 pass", "H-NOT-1 pass", "H-NOT-2 pass"));
  EXPECT_THAT(lines(billed("101024", "5024")), ElementsAre("G-1 pass", "H-NOT-1 pass", "H-NOT-2 pass"));
  EXPECT_THAT(lines(billed("101025", "4000")), ElementsAre("G-1 pass", "H-NOT-1 fail 1", "H-NOT-2 pass"));
  EXPECT_THAT(lines(billed("100000", "2975")), ElementsAre("G-1 pass", "H-NOT-1 fail 1", "H-NOT-2 pass"));
  EXPECT_THAT(lines(billed("much", "4000")), ElementsAre("G-1 pass", "H-NOT-1 fail 1", "H-NOT-2 pass"));
  EXPECT_THAT(lines(plain()), ElementsAre("G-1 pass", "H-NOT-2 pass"));
}

ApiCall listing(std::uint64_t id, Duration at, const std::string& bytes_used) {
  ApiCall call;
  call.id = id;
  call.account = "one";
  call.operation = ApiOperation::kList;
  call.sent_at = call.answered_at = sim::kStart + at;
  call.status = 200;
  call.listed.push_back({"ses_1", "127.20.0.1", {{"session_id", "job1"}, {"bytes_used", bytes_used}}});
  return call;
}

Request used(std::uint64_t id, Duration at, std::uint64_t bytes, const char* user = kSticky) {
  return Request(id).sent(at).user(user).served(kOne, at).answer_body(bytes);
}

Lines of_listing(const std::vector<Request>& requests, const ApiCall& call) {
  const HistoryHeader header = named_traffic_header();
  ForwardingMonitor monitor(header);
  for (const Request& request : requests) monitor.exchange(std::make_shared<const Exchange>(request.build(header)));
  monitor.api_call(call);
  Lines lines = lines_of(monitor.conclude());
  std::erase_if(lines, [](const std::string& line) { return !line.starts_with("H-NOT-1"); });
  return lines;
}

TEST(Usage, AListAgreesWithTheBytesWithin1024ARequest) {
  const std::vector<Request> two{used(1, 0s, 10'000), used(2, 60s, 10'000)};
  EXPECT_THAT(of_listing(two, listing(3, 70s, "20000")), ElementsAre("H-NOT-1 pass"));
  EXPECT_THAT(of_listing(two, listing(3, 70s, "22048")), ElementsAre("H-NOT-1 pass"));
  EXPECT_THAT(of_listing(two, listing(3, 70s, "22049")), ElementsAre("H-NOT-1 fail 3"));
  EXPECT_THAT(of_listing(two, listing(3, 70s, "17952")), ElementsAre("H-NOT-1 pass"));
  EXPECT_THAT(of_listing(two, listing(3, 70s, "17951")), ElementsAre("H-NOT-1 fail 3"));
}

TEST(Usage, ANewSessionBeginsAtNothing) {
  const std::vector<Request> two{used(1, 0s, 10'000), used(2, 30min, 10'000)};
  EXPECT_THAT(of_listing(two, listing(3, 31min, "10000")), ElementsAre("H-NOT-1 pass"));
  EXPECT_THAT(of_listing(two, listing(3, 31min, "7000")), ElementsAre("H-NOT-1 fail 3"));
  const std::vector<Request> one{used(1, 0s, 10'000)};
  EXPECT_THAT(of_listing(one, listing(3, 31min, "0")), ElementsAre());
}

TEST(Usage, AListThatMayMeanAnotherNameSaysNothing) {
  const char* other = "helo_{account}-type-res-region-de-session-job1-sesstime-30";
  EXPECT_THAT(of_listing({used(1, 0s, 10'000), used(2, 0s, 10'000, other)}, listing(3, 1s, "99999")), ElementsAre());
}

TEST(Usage, ARequestInFlightMayOrMayNotBeBilledYet) {
  Request slow = used(2, 60s, 10'000);
  slow.exchange().seen.ended_at = sim::kStart + 80s;
  EXPECT_THAT(of_listing({used(1, 0s, 10'000), slow}, listing(3, 70s, "10000")), ElementsAre());
  EXPECT_THAT(of_listing({used(1, 0s, 10'000), slow}, listing(3, 70s, "30000")), ElementsAre("H-NOT-1 fail 3"));
}

}  // namespace
}  // namespace pinproof::conformance
