#include "conformance/explore/corpus.h"

#include <gtest/gtest.h>

#include <fstream>

#include "conformance/explore/corpus_json.h"
#include "conformance/explore/draw.h"
#include "conformance/explore/explore_testing.h"

namespace pinproof::conformance {
namespace {

Command verb(Verb what) {
  Command command;
  command.verb = what;
  return command;
}

/// A request, and a wait until a second before the end of its window.
CorpusCase waiting() {
  Command wait = verb(Verb::kWait);
  wait.span = 6;
  wait.offset = 1;
  wait.anchor = Anchor::kOpened;
  Command drop = verb(Verb::kExit);
  drop.aim = Aim::kInFlight;
  return {167, {verb(Verb::kRequest), wait, drop}};
}

constexpr const char* kWaiting =
    "{\n"
    "  \"case\": 1,\n"
    "  \"generator\": 1,\n"
    "  \"dialect\": \"helodata\",\n"
    "  \"play_seed\": \"00000000000000a7\",\n"
    "  \"commands\": [\n"
    "    {\"do\": \"request\"},\n"
    "    {\"do\": \"wait\", \"after\": \"opened\", \"span\": 6, \"offset\": 1},\n"
    "    {\"do\": \"exit\", \"aim\": \"in_flight\"}\n"
    "  ]\n"
    "}\n";

TEST(CorpusCase, IsPlainText) {
  EXPECT_EQ(corpus_case_to_json("helodata", waiting()), kWaiting);
  const auto parsed = parse_corpus_case("f", kWaiting, "helodata");
  ASSERT_TRUE(std::holds_alternative<std::optional<CorpusCase>>(parsed));
  EXPECT_EQ(std::get<std::optional<CorpusCase>>(parsed), waiting());
}

TEST(CorpusCase, WhateverIsDrawnReadsBackAsTheSame) {
  for (const char* const dialect : {"helodata", "crawlera"}) {
    const SmallWorld world = world_of(dialect);
    for (std::uint64_t number = 0; number < 200; ++number) {
      const CorpusCase one{~number, draw(3, number, world)};
      const auto parsed = parse_corpus_case("f", corpus_case_to_json(dialect, one), dialect);
      ASSERT_TRUE(std::holds_alternative<std::optional<CorpusCase>>(parsed))
          << std::get<sim::InputError>(parsed).message();
      EXPECT_EQ(std::get<std::optional<CorpusCase>>(parsed), one);
    }
  }
}

TEST(CorpusCase, WhatIsWrongIsSaid) {
  const std::string head = R"({"case": 1, "generator": 1, "dialect": "helodata", "play_seed": "00000000000000a7", )";
  const struct {
    std::string text;
    const char* message;
  } cases[] = {
      {"[", "f: at 1:2: found end of input, expected a value"},
      {head + R"("commands": []})",
       "f: at /commands: found an array with a size of 0, expected an array with a size from 1 to 500"},
      {head + R"("commands": [{"do": "requst"}]})",
       R"(f: at /commands/0/do: found "requst", expected one of "request", "begin", "await", "release", "abandon", "close", "wait", "exit", "create", "list", "delete", "fill" (did you mean "request"?))"},
      {head + R"("commands": [{"do": "request", "key": 256}]})",
       "f: at /commands/0/key: found 256, expected an integer from 0 to 255"},
      {R"({"case": 1, "generator": 1, "dialect": "helodata", "play_seed": "a7", "commands": [{"do": "wait"}]})",
       R"(f: at /play_seed: found "a7", expected 16 hexadecimal digits: "00000000000000a7")"},
      {R"({"case": 2})", "f: at /case: found 2, expected an integer from 1 to 1"},
  };
  for (const auto& one : cases) {
    const auto parsed = parse_corpus_case("f", one.text, "helodata");
    ASSERT_TRUE(std::holds_alternative<sim::InputError>(parsed)) << one.text;
    EXPECT_EQ(std::get<sim::InputError>(parsed).message(), one.message);
  }
}

class CorpusFolder : public testing::Test {
 protected:
  CorpusFolder()
      : folder_(testing::TempDir() + "corpus_test_" + testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "helodata");
  }
  ~CorpusFolder() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / "helodata" / name) << text;
  }

  const std::filesystem::path folder_;
};

TEST_F(CorpusFolder, IsReadInOrderOfNames) {
  const CorpusCase other{1, {verb(Verb::kList)}};
  for (const CorpusCase& one : {waiting(), other})
    write(name_of("helodata", one) + ".json", corpus_case_to_json("helodata", one));
  write(".half-written.json", "{");
  write("notes.txt", "not a case");
  const auto loaded = load_corpus(folder_, "helodata");
  ASSERT_TRUE(std::holds_alternative<Corpus>(loaded)) << std::get<sim::InputError>(loaded).message();
  const auto& corpus = std::get<Corpus>(loaded);
  ASSERT_EQ(corpus.cases.size(), 2U);
  EXPECT_LT(corpus.cases[0].first, corpus.cases[1].first);
  EXPECT_TRUE(corpus.skipped.empty());
  const auto none = load_corpus(folder_, "crawlera");
  EXPECT_TRUE(std::get<Corpus>(none).cases.empty());
  EXPECT_NE(corpus.digest(), std::get<Corpus>(none).digest());
}

TEST_F(CorpusFolder, ACaseThatWasChangedIsRefused) {
  write("0123456789abcdef.json", kWaiting);
  const auto loaded = load_corpus(folder_, "helodata");
  ASSERT_TRUE(std::holds_alternative<sim::InputError>(loaded));
  EXPECT_EQ(std::get<sim::InputError>(loaded).found, "the name 0123456789abcdef");
}

TEST_F(CorpusFolder, WhatIsNoRegularFileIsRefused) {
  const std::filesystem::path inner = folder_ / "helodata" / "0123456789abcdef.json";
  std::filesystem::create_directory(inner);
  const auto loaded = load_corpus(folder_, "helodata");
  ASSERT_TRUE(std::holds_alternative<sim::InputError>(loaded));
  EXPECT_EQ(std::get<sim::InputError>(loaded).message(),
            inner.string() + ": found no regular file, expected the file of a case");
}

TEST_F(CorpusFolder, OneOfAnotherGeneratorIsLeftOut) {
  write("0123456789abcdef.json", R"({"case": 1, "generator": 2, "whatever": "comes"})");
  const auto loaded = load_corpus(folder_, "helodata");
  ASSERT_TRUE(std::holds_alternative<Corpus>(loaded)) << std::get<sim::InputError>(loaded).message();
  EXPECT_TRUE(std::get<Corpus>(loaded).cases.empty());
  EXPECT_EQ(std::get<Corpus>(loaded).skipped.size(), 1U);
}

TEST(Fitted, EveryNumberIsAPlace) {
  Command far = verb(Verb::kWait);
  far.key = far.actor = far.host = far.load = far.headers = far.retries = far.every = far.lasting = 255;
  far.span = far.offset = far.fault = far.flight = 255;
  far.count = 65'535;
  const SmallWorld world = world_of("crawlera");
  const Command near = fitted({far}, world).front();
  EXPECT_LT(near.key, world.keys.size());
  EXPECT_LT(near.actor, world.clients.size());
  EXPECT_LT(near.span, world.spans.size());
  EXPECT_LT(near.offset, world.offsets.size());
  EXPECT_LT(near.fault, 5);
  EXPECT_EQ(near.count, 77) << "as many requests, 12 s apart, as it takes to wait for more than 15 minutes";
  const Commands drawn = draw(1, 1, world);
  EXPECT_EQ(fitted(drawn, world), drawn);
}

}  // namespace
}  // namespace pinproof::conformance
