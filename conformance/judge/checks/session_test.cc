#include <gtest/gtest.h>

#include "conformance/judge/expectation_monitor.h"
#include "conformance/judge/judge_case_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

class SessionCases : public JudgeCases {};
TEST_P(SessionCases, AreJudged) { expect_verdict(GetParam()); }

constexpr Verdict kFail = Verdict::kFail;

Observation created(const std::string& label, std::uint64_t id, const std::string& session) {
  Observation seen = served(label, id);
  seen.session = "create";
  if (!session.empty()) seen.headers.add("X-Crawlera-Session", session);
  return seen;
}

SessionIdCheck issued(bool wanted) { return {wanted, {}, {}}; }

ApiCall listing(std::vector<ListedSession> sessions, int status = 200) {
  ApiCall call;
  call.id = 9;
  call.label = "it";
  call.operation = ApiOperation::kList;
  call.status = status;
  call.sent_at = call.answered_at = Instant(20s);
  call.listed = std::move(sessions);
  return call;
}

ListedCheck contains(const std::string& label) { return {{label}, {}, {}, std::nullopt}; }
ListedCheck repinned(const std::string& label, bool is) {
  ListedCheck check{};
  (is ? check.repinned : check.not_repinned) = {label};
  return check;
}
ListedCheck lacks(const std::string& label) { return {{}, {label}, {}, std::nullopt}; }
ListedCheck exit_of(const std::string& label) { return {{}, {}, {label}, std::nullopt}; }
ListedCheck count(std::int64_t exactly) { return {{}, {}, {}, Bounds<std::int64_t>{exactly, exactly}}; }

INSTANTIATE_TEST_SUITE_P(SessionId, SessionCases,
                         testing::Values(JudgeCase{"Issued", {created("it", 1, "77")}, issued(true)},
                                         JudgeCase{"NotIssued",
                                                   {created("it", 1, "")},
                                                   issued(true),
                                                   kFail,
                                                   "expected a session id in the answer to `it`, saw none"},
                                         JudgeCase{"NoneIssued", {refused(400)}, issued(false)},
                                         JudgeCase{"Another",
                                                   {created("first", 1, "77"), created("it", 2, "78")},
                                                   SessionIdCheck{std::nullopt, {}, {"first"}}},
                                         JudgeCase{
                                             "TheSameTwice",
                                             {created("first", 1, "77"), created("it", 2, "77")},
                                             SessionIdCheck{std::nullopt, {}, {"first"}},
                                             kFail,
                                             "expected another session than that of `first`, 77, for `it`, saw 77"},
                                         JudgeCase{"NotTheSame",
                                                   {created("first", 1, "77"), created("it", 2, "78")},
                                                   SessionIdCheck{std::nullopt, {"first"}, {}},
                                                   kFail,
                                                   "expected the session of `first`, 77, for `it`, saw 78"},
                                         JudgeCase{"NothingToCompare",
                                                   {created("first", 1, ""), created("it", 2, "78")},
                                                   SessionIdCheck{std::nullopt, {}, {"first"}},
                                                   kFail,
                                                   "expected session ids to compare, but `first` has none"},
                                         JudgeCase{"Unanswered",
                                                   {unanswered()},
                                                   issued(true),
                                                   Verdict::kInconclusive,
                                                   "no answer to `it` that could say it: nothing more for 30s"}),
                         name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Listing, SessionCases,
    testing::Values(
        JudgeCase{"Lists", {created("first", 1, "77"), listing({{"77", "127.20.0.1", {}}})}, contains("first")},
        JudgeCase{"DoesNotList",
                  {created("first", 1, "77"), listing({{"78", "127.20.0.1", {}}})},
                  contains("first"),
                  kFail,
                  "expected `it` to list the session of `first`, saw 1 sessions without it"},
        JudgeCase{"Lacks", {created("first", 1, "77"), listing({})}, lacks("first")},
        JudgeCase{"DoesNotLack",
                  {created("first", 1, "77"), listing({{"77", "127.20.0.1", {}}})},
                  lacks("first"),
                  kFail,
                  "expected `it` not to list the session of `first`, saw 1 sessions with it"},
        JudgeCase{"RightExit", {created("first", 1, "77"), listing({{"77", "127.20.0.1", {}}})}, exit_of("first")},
        JudgeCase{"WrongExit",
                  {created("first", 1, "77"), listing({{"77", "127.20.0.2", {}}})},
                  exit_of("first"),
                  kFail,
                  "expected `it` to list the exit of `first`, 127.20.0.1, saw 127.20.0.2"},
        JudgeCase{"ListedAsRepinned",
                  {created("first", 1, "77"), listing({{"77", "127.20.0.1", {{"repinned", "true"}}}})},
                  repinned("first", true)},
        JudgeCase{"NotListedAsRepinned",
                  {created("first", 1, "77"), listing({{"77", "127.20.0.1", {{"repinned", "false"}}}})},
                  repinned("first", true),
                  kFail,
                  "expected `it` to list the session of `first` as re-pinned, saw \"false\""},
        JudgeCase{"ListedAsNotRepinned",
                  {created("first", 1, "77"), listing({{"77", "127.20.0.1", {{"repinned", "false"}}}})},
                  repinned("first", false)},
        JudgeCase{"NothingSaidOfARepin",
                  {created("first", 1, "77"), listing({{"77", "127.20.0.1", {}}})},
                  repinned("first", false),
                  kFail,
                  "expected `it` to list the session of `first` as not re-pinned, saw nothing said of it"},
        JudgeCase{"Count", {listing({{"77", "127.20.0.1", {}}})}, count(1)},
        JudgeCase{"OtherCount",
                  {listing({{"77", "127.20.0.1", {}}})},
                  count(2),
                  kFail,
                  "expected a number of sessions in `it` of 2, saw 1"},
        JudgeCase{"Refused", {listing({}, 401)}, count(0), kFail, "expected `it` to be served, saw 401"},
        JudgeCase{
            "Unanswered", {listing({}, 0)}, count(0), Verdict::kInconclusive, "no answer to `it` that could say it"}),
    name_of_case);

TEST(ListingByUserName, ComparesWhatTheUserNameSays) {
  HistoryHeader header = test_header();
  header.vocabulary.user_name = "helo_{account}-region-{region}[-state-{state}][-session-{session}]";
  header.vocabulary.listed = {{"region", "region"}, {"state", "state"}, {"session", "session_id"}};
  Observation first = served("first", 1);
  first.user_name = "helo_{account}-region-us-session-abc";
  const ListedSession us{"ses_1", "127.20.0.1", {{"region", "us"}, {"state", "ca"}, {"session_id", "abc"}}};
  const ListedSession de{"ses_2", "127.20.0.3", {{"region", "de"}, {"state", "be"}, {"session_id", "abc"}}};
  const auto verdict_of = [&](ListedSession session) {
    ExpectationMonitor monitor(header);
    monitor.record(first);
    monitor.record(listing({std::move(session)}));
    monitor.record(JournalComplete{Instant(1h)});
    monitor.record(expected("H-EXT-3", contains("first")));
    return monitor.conclude().at(0).verdict;
  };
  EXPECT_EQ(verdict_of(us), Verdict::kPass);
  EXPECT_EQ(verdict_of(de), Verdict::kFail);
}

}  // namespace
}  // namespace pinproof::conformance
