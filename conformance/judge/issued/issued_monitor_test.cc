// What a session does from its creation to its end: requests that carry its id.
#include "conformance/judge/issued/issued_monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/judge/issued/issued_story_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kA = "127.20.0.1";
constexpr const char* kB = "127.20.0.2";

// A session 77 on exit A, created at the start by observation 1.
IssuedStory begun() {
  IssuedStory story;
  story.served("create", kA, "77");
  return story;
}

TEST(IssuedSessions, hold_what_a_right_gateway_shows) {
  IssuedStory story = begun();
  story.at(12s).served("77", kA, "77");
  story.at(24s).to_host("other.origin.test").served("77", kA, "77");
  story.at(29min).served("77", kA, "77");
  story.at(59min).refused("77");
  EXPECT_THAT(story.verdicts(), ElementsAre("C-EXT-1 pass", "C-SES-1 pass", "C-SES-12 pass", "C-SES-2 pass",
                                            "C-SES-4 pass", "C-SES-7 pass"));
}

TEST(IssuedSessions, are_created_with_a_new_id) {
  IssuedStory nameless;
  nameless.served("create", kA);
  EXPECT_THAT(nameless.violations(), ElementsAre("C-SES-1 fail [1]"));

  IssuedStory twice = begun();
  twice.served("create", kB, "77");
  EXPECT_THAT(twice.violations(), ElementsAre("C-SES-1 fail [1 2]"));

  IssuedStory echoed;
  echoed.served("create", kA, "create");
  EXPECT_THAT(echoed.violations(), ElementsAre("C-SES-1 fail [1]"));

  IssuedStory taken_for_an_id;
  taken_for_an_id.refused("create");
  EXPECT_THAT(taken_for_an_id.violations(), ElementsAre("C-SES-1 fail [1]"));

  IssuedStory useless = begun();
  useless.at(12s).refused("77");
  EXPECT_THAT(useless.violations(), ElementsAre("C-SES-1 fail [1 2]"));
}

TEST(IssuedSessions, keep_their_exit) {
  IssuedStory moved = begun();
  moved.at(12s).served("77", kB, "77");
  moved.at(24s).served("77", kB, "77");  // the new truth
  EXPECT_THAT(moved.violations(), ElementsAre("C-SES-2 fail [1 2]"));

  IssuedStory by_host = begun();
  by_host.at(12s).to_host("other.origin.test").served("77", kB, "77");
  EXPECT_THAT(by_host.violations(), ElementsAre("C-SES-12 fail [1 2]"));
  EXPECT_EQ(by_host.finding_of("C-SES-12").reading, "session_across_regions=same_exit");

  by_host.header.readings["session_across_regions"] = "exit_a_region";
  EXPECT_THAT(by_host.violations(), IsEmpty());
}

TEST(IssuedSessions, leave_moves_by_retries_to_those_rows) {
  IssuedStory asked = begun();
  asked.at(12s).served("77", kB, "77").sent.add("X-Crawlera-Max-Retries", "2");
  EXPECT_THAT(asked.violations(), IsEmpty());
}

TEST(IssuedSessions, created_by_post_work) {
  IssuedStory story;
  story.posted("77");
  story.at(12s).served("77", kA, "77");
  EXPECT_THAT(story.verdicts(), Contains("C-SES-3 pass"));

  IssuedStory empty;
  empty.posted("");
  EXPECT_THAT(empty.violations(), ElementsAre("C-SES-3 fail [1]"));

  IssuedStory useless;
  useless.posted("77");
  useless.at(12s).refused("77");
  EXPECT_THAT(useless.violations(), ElementsAre("C-SES-3 fail [1 2]"));
}

// A cause of its own, by code or by status: of the id nothing has been said.
TEST(IssuedSessions, leave_refusals_with_another_cause_alone) {
  const std::pair<int, const char*> causes[] = {
      {429, "too_many_conns"}, {400, "bad_header"}, {403, "domain_forbidden"}, {470, "header_auth"}, {413, ""}};
  for (const auto& [status, code] : causes) {
    IssuedStory unknown;
    unknown.refused("1836172", status, code);
    EXPECT_THAT(unknown.violations(), IsEmpty()) << code;
    IssuedStory creation;
    creation.refused("create", status, code);
    EXPECT_THAT(creation.violations(), IsEmpty()) << code;
    IssuedStory starter;
    starter.as("starter").refused("create", status, code);
    EXPECT_THAT(starter.verdicts(), ElementsAre("C-EXT-1 pass")) << code;
    IssuedStory deletion = begun();
    deletion.at(12s).deleted("77", status).headers.add("X-Crawlera-Error", code);
    EXPECT_THAT(deletion.violations(), IsEmpty()) << code;
  }
}

TEST(IssuedSessions, refuse_incorrect_ids) {
  IssuedStory never;
  never.served("1836172", kA);
  never.refused("1836172");
  EXPECT_THAT(never.violations(), ElementsAre("C-SES-4 fail [1]"));

  IssuedStory foreign = begun();
  foreign.at(12s).as("two").served("77", kA, "77");
  EXPECT_THAT(foreign.violations(), ElementsAre("C-SES-4 fail [1 2]"));

  IssuedStory in_other_words;
  in_other_words.refused("1836172", 400, "bad_request");
  EXPECT_THAT(in_other_words.violations(), ElementsAre("C-SES-4 fail [1]"));

  IssuedStory about_another_header;
  about_another_header.refused("1836172", 540, "bad_header").sent.add("X-Crawlera-Max-Retries", "abc");
  EXPECT_THAT(about_another_header.violations(), IsEmpty());

  IssuedStory silent;
  silent.timed_out("1836172");
  EXPECT_THAT(silent.verdicts(), IsEmpty());
}

struct IdleCase {
  const char* what;
  Duration until;  // of the second request, from the first
  bool accepted;
  const char* expected;  // "" for none
};

class IdleWindow : public testing::TestWithParam<IdleCase> {};

TEST_P(IdleWindow, is_half_an_hour_from_the_last_request) {
  IssuedStory story = begun();
  story.at(20min).served("77", kA, "77");
  story.at(20min + GetParam().until);
  GetParam().accepted ? story.served("77", kA, "77") : story.refused("77");
  const std::vector<std::string> expected =
      *GetParam().expected == 0 ? std::vector<std::string>{} : std::vector<std::string>{GetParam().expected};
  EXPECT_EQ(story.violations(), expected) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(IssuedSessions, IdleWindow,
                         testing::Values(IdleCase{"just alive", 29min + 59s, true, ""},
                                         IdleCase{"gone", 30min, false, ""},
                                         IdleCase{"one nanosecond too long", 30min, true, "C-SES-7 fail [2 3]"},
                                         IdleCase{"a second too short", 29min + 59s, false, "C-SES-7 fail [1 2 3]"},
                                         IdleCase{"too short, and young", 9min, false, "C-SES-7 fail [2 3]"}));

TEST(IssuedSessions, are_judged_by_intervals) {
  IssuedStory story = begun();
  story.answers_take(2s).at(20min).posted("88");
  story.at(50min + 1s).served("88", kA, "88");  // the POST arrived in [20:00, 20:02]
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-7 inconclusive [2 3]"));
  EXPECT_EQ(story.finding_of("C-SES-7").reason, "the idle window may or may not have been over: needs 1s more room");
}

TEST(IssuedSessions, allow_for_the_tolerance) {
  IssuedStory story = begun();
  story.header.tolerance = 500ms;
  // Of the window both ends may be off, each by half a second.
  story.at(30min + 999ms).served("77", kA, "77");
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-7 inconclusive [1 2]"));
  IssuedStory late = begun();
  late.header.tolerance = 500ms;
  late.at(30min + 1s).served("77", kA, "77");
  EXPECT_THAT(late.violations(), ElementsAre("C-SES-7 fail [1 2]"));
}

TEST(IssuedSessions, count_from_their_creation_where_that_is_the_reading) {
  IssuedStory story = begun();
  story.header.readings["expiry_counts_from"] = "creation";
  story.at(20min).served("77", kA, "77");
  story.at(30min).served("77", kA, "77");
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-7 fail [2 3]"));
  EXPECT_EQ(story.finding_of("C-SES-7").reading, "expiry_counts_from=creation");
}

TEST(IssuedSessions, do_not_know_whether_a_request_without_an_answer_counts) {
  IssuedStory story = begun();
  story.at(20min).timed_out("77");
  story.at(40min).served("77", kA, "77");
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-7 inconclusive [1 3]"));

  IssuedStory paced = begun();
  paced.at(20min).refused("77", 503, "serverbusy").headers.add("Retry-After", "12");
  paced.at(40min).refused("77");
  EXPECT_THAT(paced.violations(), ElementsAre("C-SES-7 inconclusive [1 3]"));
}

TEST(IssuedSessions, are_not_moved_silently_after_a_loss) {
  IssuedStory moved = begun();
  moved.at(10s).acted(kA, sim::ExitAction::kDrop);
  moved.at(12s).served("77", kB, "77");
  EXPECT_THAT(moved.violations(), ElementsAre("C-SES-13 fail [1 2]"));
  moved.header.readings["lost_exit"] = "repin";
  EXPECT_THAT(moved.violations(), IsEmpty());
}

TEST(IssuedSessions, end_with_their_exit_or_live_on) {
  IssuedStory served = begun();
  served.at(10s).acted(kA, sim::ExitAction::kDrop);
  served.at(12s).failed("77", kA, UpstreamEvent::kRefused);
  served.at(20s).acted(kA, sim::ExitAction::kRestore);
  IssuedStory refused = served;
  served.at(24s).served("77", kA, "77");
  EXPECT_THAT(served.violations(), ElementsAre("C-SES-13 fail [2 3]"));
  served.header.readings["lost_exit"] = "lives_on";
  EXPECT_THAT(served.violations(), IsEmpty());

  refused.at(24s).refused("77");
  EXPECT_THAT(refused.violations(), IsEmpty());
  EXPECT_THAT(refused.verdicts(), Contains("C-SES-13 pass"));
  refused.header.readings["lost_exit"] = "lives_on";
  EXPECT_THAT(refused.violations(), ElementsAre("C-SES-13 fail [1 3]"));
  EXPECT_EQ(refused.finding_of("C-SES-13").reading, "lost_exit=lives_on");
}

TEST(IssuedSessions, outlive_an_error_of_their_exit) {
  IssuedStory story = begun();
  story.at(12s).failed("77", kA, UpstreamEvent::kFailed);
  story.at(24s).refused("77");
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-7 fail [1 3]"));
}

TEST(IssuedSessions, may_be_lost_to_a_request_that_was_sent_at_the_same_time) {
  IssuedStory story = begun();
  story.at(10s).acted(kA, sim::ExitAction::kReset);
  story.at(12s).failed("77", kA, UpstreamEvent::kReset);
  story.failed("77", kA, UpstreamEvent::kRefused);
  story.at_once(2);
  EXPECT_THAT(story.violations(), IsEmpty());
}

TEST(IssuedSessions, want_good_credentials) {
  IssuedStory good = begun();
  Observation& right = good.refused("77", 407, "bad_proxy_auth");
  right.credentials = CredentialFault::kMissing;
  right.headers.add("Proxy-Authenticate", "Basic realm=\"Crawlera\"");
  EXPECT_THAT(good.verdicts(), Contains("C-SES-14 pass"));

  IssuedStory unchallenged = begun();
  unchallenged.refused("77", 407, "bad_proxy_auth").credentials = CredentialFault::kUnknownAccount;
  EXPECT_THAT(unchallenged.violations(), ElementsAre("C-SES-14 fail [2]"));

  IssuedStory let_in = begun();
  let_in.served("77", kA, "77").credentials = CredentialFault::kWrongPassword;
  EXPECT_THAT(let_in.violations(), ElementsAre("C-SES-14 fail [2]"));

  IssuedStory shut_out;
  shut_out.refused("create", 407, "bad_proxy_auth");
  EXPECT_THAT(shut_out.violations(), ElementsAre("C-SES-14 fail [1]"));

  IssuedStory api;
  api.listed({}).credentials = CredentialFault::kMissing;
  EXPECT_THAT(api.violations(), ElementsAre("C-SES-14 fail [1]"));

  IssuedStory api_right;
  ApiCall& call = api_right.listed({});
  call.credentials = CredentialFault::kMissing;
  call.status = 401;
  EXPECT_THAT(api_right.verdicts(), Contains("C-SES-14 pass"));
}

TEST(IssuedSessions, come_with_the_headers_that_clients_rely_on) {
  IssuedStory without = begun();
  without.served("", kA).headers.clear();
  EXPECT_THAT(without.violations(), ElementsAre("C-EXT-1 fail [2]"));

  IssuedStory misspelled;
  Observation& seen = misspelled.served("", kA);
  seen.headers.clear();
  seen.headers.add("x-crawlera-version", "1");
  EXPECT_THAT(misspelled.violations(), ElementsAre("C-EXT-1 fail [1]"));

  IssuedStory error = begun();
  error.at(12s).failed("77", kA, UpstreamEvent::kFailed).headers.remove("X-Crawlera-Session");
  EXPECT_THAT(error.violations(), ElementsAre("C-EXT-1 fail [2]"));
}

TEST(IssuedSessions, are_judged_one_violation_at_a_time_in_a_long_history) {
  IssuedStory story = begun();
  for (int i = 1; i <= 50'000; ++i) {
    story.at(i * 12s).served("77", i == 25'000 ? kB : kA, "77");
  }
  // It went to B and came back, and what was seen is the new truth.
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-2 fail [25000 25001]", "C-SES-2 fail [25001 25002]"));
}

TEST(IssuedSessions, older_than_a_log_of_other_traffic_are_taken_as_they_come) {
  IssuedStory story;
  story.header.scenario.clear();
  story.served("77", kA, "77");
  story.at(12s).served("77", kB, "77");
  story.at(40min).served("88", kA, "88");  // whatever was alive when the log began has been used since, or has expired
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-2 fail [1 2]", "C-SES-4 fail [3]"));
}

}  // namespace
}  // namespace pinproof::conformance
