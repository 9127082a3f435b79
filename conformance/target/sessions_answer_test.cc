#include "conformance/target/sessions_answer.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

TEST(SessionsAnswer, AMapOfIdsToExits) {
  const auto sessions = read_id_map(R"({"1836172": "127.20.0.1", "1691272": "127.20.0.2"})");
  ASSERT_TRUE(sessions.has_value());
  EXPECT_EQ(*sessions, (std::vector<ListedSession>{{"1836172", "127.20.0.1", {}}, {"1691272", "127.20.0.2", {}}}));
}

TEST(SessionsAnswer, APageOfSessions) {
  const auto page = read_session_page(
      R"({"data": [{"id": "ses_1", "exit_ip": "127.20.0.1", "session_id": "abc", "asn": 7922, "state": null, "repinned": false}],)"
      R"("next_cursor": "ses_1"})");
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(
      page->sessions,
      (std::vector<ListedSession>{
          {"ses_1", "127.20.0.1", {{"session_id", "abc"}, {"asn", "7922"}, {"state", ""}, {"repinned", "false"}}}}));
  EXPECT_EQ(page->next_cursor, "ses_1");
}

TEST(SessionsAnswer, TheLastPageHasNoCursor) {
  EXPECT_EQ(read_session_page(R"({"data": [], "next_cursor": null})")->next_cursor, "");
}

TEST(SessionsAnswer, OtherKeysAndValuesAreKept) {
  const auto page = read_session_page(
      R"({"total": 1, "data": [{"exit_ip": "", "id": "ses_1", "asn": -7, "weight": 1.50, "tags": ["a", 1]}], "next_cursor": 7})");
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->sessions,
            (std::vector<ListedSession>{{"ses_1", "", {{"asn", "-7"}, {"weight", "1.50"}, {"tags", R"(["a",1])"}}}}));
  EXPECT_EQ(page->next_cursor, "7");
}

TEST(SessionsAnswer, AKeyTwiceIsNothing) {
  for (const char* const text :
       {R"({"data": [], "data": []})", R"({"data": [], "next_cursor": null, "next_cursor": null})",
        R"({"data": [{"id": "ses_1", "id": "ses_2"}]})", R"({"data": [{"id": "ses_1", "exit_ip": "", "exit_ip": ""}]})",
        R"({"data": [{"id": "ses_1", "asn": 1, "asn": 2}]})", R"({"data": [], "other": {"a": 1, "a": 1}})"}) {
    EXPECT_FALSE(read_session_page(text).has_value()) << text;
  }
}

TEST(SessionsAnswer, AnythingElseIsNothing) {
  for (const char* const text : {"", "[]", "null", "not json", R"({"1": 2})", R"({"1": ""})", R"({"1": "a"} x)"}) {
    EXPECT_EQ(read_id_map(text), std::nullopt) << text;
  }
  for (const char* const text :
       {"{}", R"({"data": {}})", R"({"data": [{"exit_ip": "127.20.0.1"}]})", R"({"data": [7]})"}) {
    EXPECT_FALSE(read_session_page(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace pinproof::conformance
