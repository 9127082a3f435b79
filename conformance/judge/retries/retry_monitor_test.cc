#include "conformance/judge/retries/retry_monitor.h"

#include <gtest/gtest.h>

#include <ostream>

#include "conformance/judge/facts/traffic_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

constexpr std::string_view kOne = "127.20.0.1";
constexpr std::string_view kTwo = "127.20.0.2";
constexpr std::string_view kThree = "127.20.0.3";
constexpr std::string_view kMax = "X-Crawlera-Max-Retries";

struct Case {
  std::string name;
  Request request;
  Lines lines;
  std::vector<std::pair<std::string, std::string>> readings = {};
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

Request in_session() { return Request(1).session("s1"); }
Request asking(std::string_view count) { return in_session().says(kMax, count); }
Request outside() { return Request(1); }

class Retries : public testing::TestWithParam<Case> {};

TEST_P(Retries, AreJudged) {
  HistoryHeader header = issued_traffic_header();
  for (const auto& [name, value] : GetParam().readings) header.readings[name] = value;
  RetryMonitor monitor(header);
  EXPECT_EQ(lines_of(monitor, header, {GetParam().request}), GetParam().lines);
}

const Case kCases[] = {
    {"NothingFailed", in_session().served(kOne, 0s), {}},
    {"OneTryInASession", in_session().tried(kOne, 0s), {"C-RET-1 pass"}},
    {"OneRefusedTryInASession", in_session().tried(kOne, 0s, UpstreamEvent::kRefused), {"C-RET-1 pass"}},
    {"OneTryThatWasReset",
     in_session().tried(kOne, 0s, UpstreamEvent::kForwarded).tried(kOne, 1s, UpstreamEvent::kReset),
     {"C-RET-1 pass"}},
    {"TheCreatingRequestIsInItsSession",
     Request(1).session("create").tried(kOne, 0s).tried(kOne, 12s),
     {"C-RET-1 fail 1"}},
    {"TwoTriesInASession", in_session().tried(kOne, 0s).served(kOne, 12s), {"C-RET-1 fail 1"}},
    {"TwoTriesInASessionThroughAnotherExit", in_session().tried(kOne, 0s).served(kTwo, 0s), {"C-RET-1 fail 1"}},
    {"AMoveAfterALossIsAnotherRow", in_session().tried(kOne, 0s, UpstreamEvent::kRefused).served(kTwo, 0s), {}},
    {"AnExitThatJournalsBothIsOneTry",
     in_session().tried(kOne, 0s, UpstreamEvent::kForwarded).tried(kOne, 0s, UpstreamEvent::kFailed),
     {"C-RET-1 pass"}},

    {"AskedForAndMade", asking("1").tried(kOne, 0s).served(kOne, 12s), {"C-RET-2 pass"}},
    {"AskedForAndAllFailed", asking("2").tried(kOne, 0s).tried(kOne, 12s).tried(kOne, 24s), {"C-RET-2 pass"}},
    {"OneMoreThanAskedFor", asking("1").tried(kOne, 0s).tried(kOne, 12s).tried(kOne, 24s), {"C-RET-2 fail 1"}},
    {"AskedForAndNotMade", asking("2").tried(kOne, 0s), {"C-RET-2 fail 1"}},
    {"NoneAskedFor", asking("0").tried(kOne, 0s), {"C-RET-2 pass"}},
    {"NoneAskedForAndOneMade", asking("0").tried(kOne, 0s).served(kOne, 12s), {"C-RET-2 fail 1"}},
    {"ThroughAnotherExit", asking("1").tried(kOne, 0s).served(kTwo, 12s), {"C-RET-2 fail 1"}},
    {"TheSlotIsTooFar", asking("2").tried(kOne, 0s).answered(503, 0s).told("Retry-After", "12"), {}},
    {"AfterALossItIsLeftOpen", asking("2").tried(kOne, 0s, UpstreamEvent::kRefused), {}},
    {"CountedAsAttempts",
     asking("2").tried(kOne, 0s).tried(kOne, 12s),
     {"C-RET-2 pass"},
     {{"max_retries_counts", "attempts"}}},
    {"OneMoreThanAttempts",
     asking("2").tried(kOne, 0s).tried(kOne, 12s).tried(kOne, 24s),
     {"C-RET-2 fail 1"},
     {{"max_retries_counts", "attempts"}}},
    {"OneAttemptIsNoRetry", asking("1").tried(kOne, 0s), {"C-RET-2 pass"}, {{"max_retries_counts", "attempts"}}},

    {"OutsideThroughAnotherExit", outside().tried(kOne, 0s).served(kTwo, 0s), {"C-RET-3 pass"}},
    {"OutsideNotRetried", outside().tried(kOne, 0s), {"C-RET-3 fail 1"}},
    {"OutsideARefusalIsRetried", outside().tried(kOne, 0s, UpstreamEvent::kRefused), {"C-RET-3 fail 1"}},
    {"OutsideThroughTheSameExit", outside().tried(kOne, 0s).served(kOne, 12s), {"C-RET-3 fail 1"}},
    {"OutsideASixthRetry",
     outside()
         .tried(kOne, 0s)
         .tried(kTwo, 0s)
         .tried(kThree, 0s)
         .tried("127.20.0.4", 0s)
         .tried("127.20.0.5", 0s)
         .tried("127.20.0.6", 0s)
         .tried("127.20.0.7", 0s),
     {"C-RET-3 fail 1"}},
    {"OutsideAllHaveFailed",
     outside().tried(kOne, 0s).tried(kTwo, 0s).tried(kThree, 0s).tried(kOne, 12s),
     {"C-RET-3 pass"}},
    {"OutsideWithACount", outside().says(kMax, "0").tried(kOne, 0s), {"C-RET-3 pass"}},
    {"APostThatWentOutMayBeLeftAlone",
     outside().method("POST", 10).tried(kOne, 0s, UpstreamEvent::kForwarded).tried(kOne, 1s, UpstreamEvent::kReset),
     {}},
    {"AGetThatWentOutMayNot",
     outside().tried(kOne, 0s, UpstreamEvent::kForwarded).tried(kOne, 1s, UpstreamEvent::kReset),
     {"C-RET-3 fail 1"}},
    {"TheClientDidNotWait", outside().tried(kOne, 0s).unanswered(1s), {}},

    {"MalformedAndRefused", asking("two").answered(540, 0s).told("X-Crawlera-Error", "bad_header"), {"C-RET-4 pass"}},
    {"MalformedAndForwarded", asking("two").served(kOne, 0s), {"C-RET-4 fail 1"}},
    {"MalformedAndTriedOnce", asking("-1").tried(kOne, 0s), {"C-RET-4 fail 1"}},
    {"EmptyIsMalformed", asking("").served(kOne, 0s), {"C-RET-4 fail 1"}},
    {"AFractionIsMalformed", asking("1.5").served(kOne, 0s), {"C-RET-4 fail 1"}},
    {"SaidTwiceIsMalformed", asking("1").says(kMax, "1").served(kOne, 0s), {"C-RET-4 fail 1"}},
    {"MalformedOutsideASession", outside().says(kMax, "x").served(kOne, 0s), {"C-RET-4 fail 1"}},
    {"MalformedAndAGatewayError", asking("two").answered(503, 0s), {"C-RET-4 fail 1"}},
    {"MalformedAndClosed", asking("two").unanswered(0s, AnswerEnd::kClosed), {"C-RET-4 fail 1"}},
    {"MalformedAndUnknown", asking("two").unanswered(9s), {}},
    {"ALargeCountIsACount", asking("99999999999999999999").served(kOne, 0s), {}},
};
INSTANTIATE_TEST_SUITE_P(All, Retries, testing::ValuesIn(kCases), [](const auto& one) { return one.param.name; });

TEST(Retries, NothingIsSaidWhereAttemptsAreNotSeen) {
  HistoryHeader header = issued_traffic_header();
  header.capabilities.remove(Capability::kAttempts);
  RetryMonitor monitor(header);
  EXPECT_EQ(lines_of(monitor, header, {in_session().tried(kOne, 0s), asking("two").answered(503, 0s)}), Lines{});
}

}  // namespace
}  // namespace pinproof::conformance
