#include "conformance/history/record_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "conformance/history/history_testing.h"
#include "conformance/history/history_writer.h"
#include "conformance/history/mutations_testing.h"

namespace pinproof::conformance {
namespace {

std::vector<std::string> lines_of(const History& history) {
  std::vector<std::string> lines;
  for (const Record& record : history.records) {
    lines.push_back(record_line(record));
    lines.back().pop_back();
  }
  return lines;
}

/// One of every kind that says no more than it must.
const std::vector<std::string> kLeast = {
    R"({"record":"observation","id":1,"via":"plain","method":"GET","host":"","path":"","sent_at":0,"answered_at":0,)"
    R"("ended_at":0,"end":"closed"})",
    R"({"record":"api_call","id":1,"operation":"list_sessions","sent_at":0,"answered_at":0,"result":"no_answer"})",
    R"({"record":"exit_acted","exit":"a","action":"drop","at":0})",
    R"({"record":"upstream_saw","exit":"a","event":"refused","at":0})",
    R"({"record":"origin_saw","from":"a","method":"GET","at":0})",
    R"({"record":"journal_complete","at":0})",
    R"({"record":"expected","expectation":{"of":"a","status":200},"at":0})",
    R"({"record":"trouble","verdict":"setup_fail","what":"","at":0})"};

std::string said(const Record* record, const RecordReader& reader) {
  return record == nullptr ? reader.error().message() : record_line(*record);
}

TEST(RecordReader, NothingOfALineStaysForTheNext) {
  RecordReader reader;
  for (const std::string& full : lines_of(full_history())) EXPECT_EQ(said(reader.read(full), reader), full + "\n");
  for (const std::string& least : kLeast) EXPECT_EQ(said(reader.read(least), reader), least + "\n");
}

TEST(RecordReader, NothingOfALineThatWasRefusedStays) {
  RecordReader reader;
  for (const std::string& full : lines_of(full_history())) {
    std::string stranger = full;
    stranger.insert(stranger.size() - 1, ",\"stranger\":1");
    EXPECT_EQ(reader.read(stranger), nullptr) << stranger;
  }
  for (const std::string& least : kLeast) EXPECT_EQ(said(reader.read(least), reader), least + "\n");
}

TEST(RecordReader, TheOrderOfKeysIsTheWritersOwn) {
  RecordReader reader;
  EXPECT_EQ(said(reader.read(R"({"at":7,"token":"t","event":"reset","exit":"a","record":"upstream_saw"})"), reader),
            "{\"record\":\"upstream_saw\",\"exit\":\"a\",\"event\":\"reset\",\"token\":\"t\",\"at\":7}\n");
}

struct BadRecord {
  std::size_t kind;  // of kLeast
  std::string what;
  std::string with;
  std::string message;
};

TEST(RecordReader, SaysWhereAndWhatIsWrong) {
  const BadRecord cases[] = {
      {0, R"("id":1)", R"("id":0)", "at /id: found 0, expected an integer of at least 1"},
      {0, R"("id":1)", R"("id":1.0)", "at /id: found 1.0, expected an integer of at least 1"},
      {0, R"("id":1)", R"("id":"1")", "at /id: found \"1\", expected an integer of at least 1"},
      {0, R"("id":1)", R"("id":18446744073709551615)",
       "at /id: found 18446744073709551615, expected an integer of at least 1"},
      {0, R"("id":1,)", "", "found an object without \"id\", expected that key"},
      {0, R"("id":1)", R"("id":1,"id":2)", "at /id: found the key \"id\" twice, expected every key once"},
      {0, R"("via":"plain")", R"("via":"socks")", "at /via: found \"socks\", expected one of \"plain\", \"connect\""},
      {0, R"("method":"GET")", R"("method":"")", "at /method: found \"\", expected a non-empty string"},
      {0, R"("method":"GET")", R"("method":5)", "at /method: found 5, expected a non-empty string"},
      {0, R"("path":"")", R"("path":null)", "at /path: found null, expected a string"},
      {0, R"("path":"")", R"("path":"","token":["t"])", "at /token: found an array, expected a string"},
      {0, R"("path":"")", R"("path":"","sent":["A:1"])", "at /sent/0: found \"A:1\", expected \"Name: value\""},
      {0, R"("path":"")", R"("path":"","sent":["A: 1",": 1"])", "at /sent/1: found \": 1\", expected \"Name: value\""},
      {0, R"("path":"")", R"("path":"","sent_digest":"xyz")",
       "at /sent_digest: found \"xyz\", expected 16 hexadecimal digits"},
      {0, R"("path":"")", R"("path":"","connection_reused":1)",
       "at /connection_reused: found 1, expected true or false"},
      {0, R"("sent_at":0)", R"("sent_at":-1)", "at /sent_at: found -1, expected an integer of at least 0"},
      {0, R"("sent_at":0)", R"("sent_at":5)",
       "at /answered_at: found 0, expected no earlier than \"sent_at\": time runs backwards"},
      {0, R"("answered_at":0)", R"("answered_at":5)",
       "at /ended_at: found 0, expected no earlier than \"answered_at\": time runs backwards"},
      {0, R"("end":"closed")", R"("end":"complete")", "found a complete answer without a status, expected \"status\""},
      {0, R"("end":"closed")", R"("end":"closed","status":99)",
       "at /status: found 99, expected an integer from 100 to 999"},
      {0, R"("end":"closed")", R"("end":"closed","connect":{"headers":[]})",
       "at /connect: found an object without \"status\", expected that key"},
      {0, R"("end":"closed")", R"("end":"closed","connect":{"status":200,"body":1})",
       "at /connect/body: found unknown key \"body\", expected one of \"status\", \"headers\""},
      {1, R"("result":"no_answer")", R"("result":"answered")", "found an answer without a status, expected \"status\""},
      {1, R"("result":"no_answer")", R"("result":"no_answer","listed":[{"exit":"a"}])",
       "at /listed/0: found an object without \"id\", expected that key"},
      {1, R"("result":"no_answer")", R"("result":"no_answer","listed":[{"id":"7","fields":{"a":"b","a":"c"}}])",
       "at /listed/0/fields/a: found the key \"a\" twice, expected every key once"},
      {2, R"("exit":"a")", R"("exit":"")", "at /exit: found \"\", expected a non-empty string"},
      {2, R"("at":0)", R"("at":0,"count":4294967296)",
       "at /count: found 4294967296, expected an integer from 0 to 4294967295"},
      {3, R"("event":"refused")", R"("event":"seen")",
       "at /event: found \"seen\", expected one of \"refused\", \"forwarded\", \"answered\", \"failed\", \"reset\", "
       "\"closed\""},
      {6, R"("of":"a",)", "", "at /expectation: found an expectation of nothing, expected the labels \"of\""},
      {7, R"("setup_fail")", R"("fail")",
       "at /verdict: found \"fail\", expected one of \"setup_fail\", \"harness_error\", \"not_testable\", "
       "\"not_supported\""},
  };
  RecordReader reader;
  for (const BadRecord& one : cases) {
    std::string line = kLeast.at(one.kind);
    ASSERT_NE(line.find(one.what), std::string::npos) << one.what;
    line.replace(line.find(one.what), one.what.size(), one.with);
    EXPECT_EQ(reader.read(line), nullptr) << line;
    EXPECT_EQ(reader.error().message(), ": " + one.message) << line;
  }
}

TEST(RecordReader, ReadsMutationsAsTheCarefulReaderDoes) {
  std::vector<std::string> lines = lines_of(full_history());
  lines.insert(lines.end(), kLeast.begin(), kLeast.end());
  RecordReader reader;
  RecordReader careful;
  sim::Random random(3);
  int accepted = 0;
  for (int i = 0; i < kMutations; ++i) {
    const std::string line = mutated(lines[random.below(lines.size())], random);
    const std::string quickly = said(reader.read(line), reader);
    const Record* const record = careful.read_with_care(line);
    ASSERT_EQ(quickly, said(record, careful)) << line;
    if (record != nullptr) ++accepted;
  }
  EXPECT_GT(accepted, kMutations / 15);
}

}  // namespace
}  // namespace pinproof::conformance
