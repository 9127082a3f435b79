#include "conformance/history/history_reader.h"

#include <gtest/gtest.h>

#include <sstream>

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
                "h.jsonl:2: at /record: found \"heartbeat\", expected one of \"observation\", \"upstream_saw\", "
                "\"origin_saw\", "
                "\"api_call\", \"exit_acted\", \"journal_complete\", \"expected\", \"trouble\""},
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
        BadLine{"AnswerWithoutAStatus",
                {observation_with(",\"status\":200", "")},
                "h.jsonl:2: found a complete answer without a status, expected \"status\""},
        BadLine{"CutInTheMiddle",
                {std::string(kFirst).substr(0, 40), kJournal},
                "h.jsonl:2: at 1:41: found invalid string: missing closing quote, expected JSON"}),
    [](const auto& test) { return test.param.name; });

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
