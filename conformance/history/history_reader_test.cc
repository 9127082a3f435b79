#include "conformance/history/history_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "conformance/catalogue/load.h"
#include "conformance/history/history_testing.h"
#include "conformance/history/history_writer.h"

namespace pinproof::conformance {
namespace {

struct ReadBack {
  HistoryRead read;
  History history;
};

ReadBack read(const std::string& text) {
  std::istringstream in(text);
  HistoryKeeper keeper;
  ReadBack outcome;
  outcome.read = read_history("h.jsonl", in, keeper);
  outcome.history = keeper.take();
  return outcome;
}

std::string message_of(const ReadBack& outcome) {
  return outcome.read.error ? outcome.read.error->message() : "no error";
}

TEST(HistoryReader, GivesBackEveryFieldOfEveryRecord) {
  const std::string text = history_text(full_history());
  const ReadBack outcome = read(text);
  EXPECT_EQ(message_of(outcome), "no error");
  EXPECT_TRUE(outcome.read.complete);
  EXPECT_EQ(outcome.read.records, 8U);
  EXPECT_EQ(history_text(outcome.history), text);
}

TEST(HistoryReader, GivesBackValuesNotOnlyText) {
  const ReadBack outcome = read(history_text(full_history()));
  EXPECT_EQ(outcome.history.header.seed, 0xffffffffffffffffU);
  EXPECT_EQ(outcome.history.header.promised, full_header().promised);
  EXPECT_EQ(outcome.history.header.vocabulary, full_header().vocabulary);
  EXPECT_EQ(outcome.history.header.capabilities, full_header().capabilities);
  EXPECT_EQ(outcome.history.header.exits, full_header().exits);
  const auto& seen = std::get<Observation>(outcome.history.records.at(2));
  EXPECT_EQ(seen.user_name, "helo_{account}-session-\"é\"\n");
  EXPECT_EQ(seen.sent_digest, 0xffffffffffffffffU);
  EXPECT_EQ(seen.sent, (sim::Headers{{"X-A", "1"}, {"X-A", ""}}));
  EXPECT_EQ(seen.body_declared, 0U);
  const auto& call = std::get<ApiCall>(outcome.history.records.at(3));
  EXPECT_EQ(call.listed.at(0), (ListedSession{"1836172", "127.20.0.1", {{"region", "us"}}}));
}

TEST(HistoryReader, ToleratesATruncatedLastLine) {
  const std::string text = history_text(full_history());
  const ReadBack outcome = read(text.substr(0, text.size() - 20));
  EXPECT_EQ(message_of(outcome), "no error");
  EXPECT_FALSE(outcome.read.complete);
  EXPECT_EQ(outcome.read.records, 7U);
}

TEST(HistoryReader, AWholeLastLineNeedsNoLineFeed) {
  std::string text = history_text(full_history());
  text.pop_back();
  EXPECT_TRUE(read(text).read.complete);
}

TEST(HistoryReader, AHistoryIsMoreThanNothing) {
  EXPECT_EQ(message_of(read("")), "h.jsonl:1: found nothing, expected the header of a history");
}

constexpr const char* kJournal = R"({"record":"journal_complete","at":5})";
constexpr const char* kFirst =
    R"({"record":"observation","id":1,"label":"first","via":"plain","method":"GET","host":"a","path":"/","token":"t-1",)"
    R"("sent_at":1,"answered_at":2,"ended_at":3,"end":"complete","status":200})";

std::string observation_with(const std::string& what, const std::string& with) {
  std::string line = kFirst;
  const std::size_t place = line.find(what);
  return line.replace(place, what.size(), with);
}

std::string unlabelled(int id) {
  return observation_with("\"id\":1,\"label\":\"first\"", "\"id\":" + std::to_string(id));
}

std::string claiming(const std::string& exit) {
  return observation_with("\"status\":200", "\"status\":200,\"exit_by_origin\":\"" + exit + "\"");
}

std::string origin(const std::string& from) {
  return R"({"record":"origin_saw","from":")" + from + R"(","method":"GET","token":"t-1","at":2})";
}

std::string upstream(const std::string& event, const std::string& exit) {
  return R"({"record":"upstream_saw","exit":")" + exit + R"(","event":")" + event + R"(","token":"t-1","at":2})";
}

struct BadLine {
  const char* name;
  std::vector<std::string> lines;  // after the header
  std::string message;
};

class BadLines : public testing::TestWithParam<BadLine> {};

TEST_P(BadLines, AreRefusedWithTheirNumber) {
  std::string text = header_line(full_header());
  for (const std::string& line : GetParam().lines) text += line + "\n";
  const ReadBack outcome = read(text);
  EXPECT_EQ(message_of(outcome), GetParam().message);
  EXPECT_FALSE(outcome.read.complete);
}

INSTANTIATE_TEST_SUITE_P(
    HistoryReader, BadLines,
    testing::Values(
        BadLine{"UnknownRecord",
                {R"({"record":"heartbeat","at":1})"},
                "h.jsonl:2: at /record: found \"heartbeat\", expected one of \"observation\", \"api_call\", "
                "\"exit_acted\", \"upstream_saw\", \"origin_saw\", \"journal_complete\", \"expected\", \"trouble\""},
        BadLine{"WrongType",
                {R"({"record":"journal_complete","at":"5"})"},
                "h.jsonl:2: at /at: found \"5\", expected an integer of at least 0"},
        BadLine{"UnknownKey",
                {R"({"record":"journal_complete","at":5,"when":5})"},
                "h.jsonl:2: at /when: found unknown key \"when\", expected one of \"record\", \"at\""},
        BadLine{"TimeBackwardsInARecord",
                {observation_with("\"answered_at\":2", "\"answered_at\":0")},
                "h.jsonl:2: at /answered_at: found 0, expected no earlier than \"sent_at\": time runs backwards"},
        BadLine{"TimeBackwardsBetweenRecords",
                {kJournal, R"({"record":"journal_complete","at":4})"},
                "h.jsonl:3: at /at: found 0:00:00.000000004: time runs backwards, expected no earlier than the record "
                "of journals "
                "before it, 0:00:00.000000005"},
        BadLine{"DuplicateId",
                {kFirst, observation_with("\"first\"", "\"second\"")},
                "h.jsonl:3: at /id: found 1, which a record above has, expected an id of its own"},
        BadLine{"DuplicateLabel",
                {kFirst, observation_with("\"id\":1", "\"id\":2")},
                "h.jsonl:3: at /label: found \"first\", which a record above has, expected a label of its own"},
        BadLine{"ExpectationOfNothing",
                {kFirst, R"({"record":"expected","expectation":{"of":"last","status":200},"at":3})"},
                "h.jsonl:3: at /expectation/of: found the label \"last\", expected a label of a record above"},
        BadLine{"ComparisonWithNothing",
                {kFirst, R"({"record":"expected","expectation":{"of":"first","exit":{"same_as":"last"}},"at":3})"},
                "h.jsonl:3: at /expectation: found the label \"last\", expected a label of a record above"},
        BadLine{"UpstreamWithoutARequest",
                {kFirst, R"({"record":"upstream_saw","exit":"127.20.0.1","event":"forwarded","token":"t-9","at":3})"},
                "h.jsonl:3: at /token: found \"t-9\", which no observation has, expected the token of an observation"},
        BadLine{"OriginWithoutARequest",
                {R"({"record":"origin_saw","from":"127.20.0.1","method":"GET","token":"t-9","at":3})", kFirst},
                "h.jsonl:2: at /token: found \"t-9\", which no observation has, expected the token of an observation"},
        BadLine{"UpstreamAnswersWhatWasNotForwarded",
                {upstream("refused", "127.20.0.2"), upstream("answered", "127.20.0.1"), kFirst},
                "h.jsonl:3: at /event: found an answer to \"t-1\", which was not forwarded, expected \"forwarded\" "
                "before it"},
        BadLine{
            "ExitThatTheOriginDidNotSee",
            {origin("127.20.0.2"), claiming("127.20.0.1"), kJournal},
            "h.jsonl:3: at /exit_by_origin: found \"127.20.0.1\", expected \"127.20.0.2\", from which the origin saw "
            "\"t-1\" come"},
        BadLine{"ExitThatTheOriginDidNotSeeToldLater",
                {claiming("127.20.0.1"), origin("127.20.0.2"), kJournal},
                "h.jsonl:3: at /from: found \"127.20.0.2\", expected \"127.20.0.1\", the \"exit_by_origin\" of the "
                "observation of \"t-1\""},
        BadLine{
            "ExitThatTheOriginDidNotSeeWithoutJournalsToTheEnd",
            {origin("127.20.0.2"), claiming("127.20.0.1"), R"({"record":"journal_complete","at":2})"},
            "h.jsonl:3: at /exit_by_origin: found \"127.20.0.1\", expected \"127.20.0.2\", from which the origin saw "
            "\"t-1\" come"},
        BadLine{"IdFarAheadTwice",
                {observation_with("\"id\":1", "\"id\":1152921504606846976"),
                 observation_with("\"id\":1,\"label\":\"first\"", "\"id\":1152921504606846976")},
                "h.jsonl:3: at /id: found 1152921504606846976, which a record above has, expected an id of its own"},
        BadLine{"IdBehindTwice",
                {unlabelled(2), unlabelled(1), unlabelled(3), unlabelled(2)},
                "h.jsonl:5: at /id: found 2, which a record above has, expected an id of its own"},
        BadLine{"AnswerWithoutAStatus",
                {observation_with(",\"status\":200", "")},
                "h.jsonl:2: found a complete answer without a status, expected \"status\""},
        BadLine{"CutInTheMiddle",
                {std::string(kFirst).substr(0, 40), kJournal},
                "h.jsonl:2: at 1:41: found invalid string: missing closing quote, expected JSON"}),
    [](const auto& test) { return test.param.name; });

TEST(HistoryReader, ARetryComesFromSeveralExits) {
  const std::string a = origin("127.20.0.1");
  const std::string b = origin("127.20.0.2");
  const std::string c = origin("127.20.0.3");
  const std::string claims_a = claiming("127.20.0.1");
  const std::vector<std::string> good[] = {{b, a, claims_a, kJournal},
                                           {b, claims_a, a, kJournal},
                                           {claims_a, b, a, kJournal},
                                           {a, b, a, claims_a, kJournal},
                                           {b, c, claims_a, a, kJournal}};
  for (const std::vector<std::string>& lines : good) {
    std::string text = header_line(full_header());
    for (const std::string& line : lines) text += line + "\n";
    EXPECT_EQ(message_of(read(text)), "no error") << text;
  }
}

TEST(HistoryReader, KnowsTheRequirementsOfExpectationsByTheCatalogue) {
  const auto catalogue = std::get<Catalogue>(load_catalogue(PINPROOF_SOURCE_DIR));
  HistoryHeader header = full_header();
  std::string text = header_line(header) + kFirst + "\n";
  text += R"({"record":"expected","expectation":{"requirement":"H-STK-99","of":"first","status":200},"at":3})"
          "\n";
  EXPECT_EQ(message_of(read(text)), "no error");
  std::istringstream in(text);
  HistoryKeeper keeper;
  const HistoryRead outcome = read_history("h.jsonl", in, keeper, &catalogue);
  ASSERT_TRUE(outcome.error.has_value());
  EXPECT_EQ(
      outcome.error->message(),
      "h.jsonl:3: at /expectation/requirement: found \"H-STK-99\", expected the id of a requirement (did you mean "
      "\"H-STK-9\"?)");
  EXPECT_EQ(outcome.records, 1U);
}

TEST(HistoryReader, ALineLongerThanAnyMayBeIsRefusedUnread) {
  const std::string text = header_line(full_header()) + std::string(kHistoryLineMax + 1, ' ') + "\n" + kJournal + "\n";
  EXPECT_EQ(message_of(read(text)), "h.jsonl:2: found a longer line, expected a line of at most 16777216 bytes");
}

TEST(HistoryReader, CutAnywhereItGivesWhatStandsBefore) {
  const std::string text = history_text(full_history());
  const std::size_t header = text.find('\n') + 1;
  for (std::size_t size = header; size < text.size(); ++size) {
    const ReadBack outcome = read(text.substr(0, size));
    const auto whole =
        static_cast<std::uint64_t>(std::count(text.begin(), text.begin() + static_cast<long>(size), '\n')) - 1;
    const bool only_the_feed_is_missing = text[size] == '\n';
    const bool between = text[size - 1] == '\n';
    ASSERT_EQ(outcome.read.records, whole + (only_the_feed_is_missing ? 1 : 0)) << size;
    if (!only_the_feed_is_missing && !between) {
      ASSERT_FALSE(outcome.read.complete) << size;
      ASSERT_EQ(message_of(outcome), "no error") << size;
    }
  }
}

TEST(HistoryReader, RefusesAnotherVersion) {
  std::string text = header_line(full_header());
  text.replace(text.find("\"version\":1"), 11, "\"version\":2");
  EXPECT_EQ(message_of(read(text)), "h.jsonl:1: at /version: found 2, expected version 1");
}

TEST(HistoryReader, HandsOverWhatCameBeforeTheError) {
  const ReadBack outcome = read(header_line(full_header()) + kFirst + "\n{}\n" + kJournal + "\n");
  EXPECT_TRUE(outcome.read.error.has_value());
  EXPECT_EQ(outcome.history.records.size(), 1U);
}

}  // namespace
}  // namespace pinproof::conformance
