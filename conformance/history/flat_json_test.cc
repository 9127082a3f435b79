#include "conformance/history/flat_json.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "conformance/history/history_testing.h"
#include "conformance/history/history_writer.h"
#include "conformance/history/mutations_testing.h"

namespace pinproof::conformance {
namespace {

using sim::JsonKind;
using sim::JsonReader;

/// All that a text says, spelled alike whoever read it. Numbers that are not integers are read by nobody here.
std::string told(const JsonReader& json) {
  switch (json.kind()) {
    case JsonKind::kNull:
      return "null";
    case JsonKind::kBoolean:
      return json.boolean() ? "true" : "false";
    case JsonKind::kInteger:
      return std::to_string(json.integer());
    case JsonKind::kNumber:
      return "number";
    case JsonKind::kString:
      return '"' + json.string() + '"';
    case JsonKind::kArray: {
      std::string all = "[";
      for (const JsonReader& element : json.array()) all += told(element) + ",";
      return all + "]";
    }
    case JsonKind::kObject:
      break;
  }
  std::string all = "{";
  for (const auto& [key, value] : json.members()) all += key + ":" + told(value) + ",";
  return all + "}";
}

std::string told(FlatValue json) {
  switch (json.kind()) {
    case JsonKind::kNull:
      return "null";
    case JsonKind::kBoolean:
      return json.boolean() ? "true" : "false";
    case JsonKind::kInteger:
      return std::to_string(json.integer());
    case JsonKind::kNumber:
      return "number";
    case JsonKind::kString:
      return '"' + std::string(json.text()) + '"';
    case JsonKind::kArray: {
      std::string all = "[";
      for (const FlatValue element : json.array()) all += told(element) + ",";
      return all + "]";
    }
    case JsonKind::kObject:
      break;
  }
  std::string all = "{";
  std::set<std::string_view> keys;
  for (const FlatValue member : json.members()) {
    if (!keys.insert(member.key()).second) json.refuse();
    json.at(member.key());
    all += std::string(member.key()) + ":" + told(member) + ",";
  }
  json.done();
  return all + "}";
}

constexpr const char* kRefused = "refused";

std::string read_flat(FlatJson& flat, std::string_view text) {
  try {
    return told(flat.parse(text));
  } catch (const NotPlain&) {
    return kRefused;
  }
}

std::string read_with_care(std::string_view text) {
  std::string all;
  const auto error = sim::read_json("", text, [&](const JsonReader& json) { all = told(json); });
  return error ? kRefused : all;
}

struct Case {
  std::string text;
  std::string told;
};

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::vector<Case> cases() {
  using namespace std::string_literals;
  return {
      {R"({"a":1,"b":"x","c":[true,false,null],"d":{}})", R"({a:1,b:"x",c:[true,false,null,],d:{},})"},
      {" \t\r\n[ 1 , 2 ] \n", "[1,2,]"},
      {R"("plain")", R"("plain")"},
      {R"("")", R"("")"},
      {R"(["","a\"b\\c\/d\b\f\n\r\t",""])", "[\"\",\"a\"b\\c/d\b\f\n\r\t\",\"\",]"},
      {R"({"a\u0062":"\u00e9\ud83d\ude00","\n":"\u0000"})", "{ab:\"é😀\",\n:\"\0\",}"s},
      {"\"é😀\"", "\"é😀\""},
      {"-9223372036854775808", "-9223372036854775808"},
      {"9223372036854775807", "9223372036854775807"},
      {"9223372036854775808", "number"},
      {"-9223372036854775809", "number"},
      {"0", "0"},
      {"1.0", "number"},
      {"1e3", "number"},
      // Not JSON.
      {"", kRefused},
      {" ", kRefused},
      {"{", kRefused},
      {"[1,]", kRefused},
      {"{\"a\":1,}", kRefused},
      {"{\"a\" 1}", kRefused},
      {"{a:1}", kRefused},
      {"01", kRefused},
      {"+1", kRefused},
      {".5", kRefused},
      {"1.", kRefused},
      {"-", kRefused},
      {"1e", kRefused},
      {"1e999", kRefused},
      {"NaN", kRefused},
      {"tru", kRefused},
      {"[1] [2]", kRefused},
      {"1//", kRefused},
      {"/**/1", kRefused},
      {"'a'", kRefused},
      {"\"a\nb\"", kRefused},
      {"\"a\x01\"", kRefused},
      {"\"a\0b\""s, kRefused},
      {R"("\x41")", kRefused},
      {R"("\u12g4")", kRefused},
      {R"("open)", kRefused},
      // Not UTF-8: a stray byte, a cut character, an overlong one, a surrogate, past the last, and halves of a pair in escapes.
      {"\"\xff\"", kRefused},
      {"\"\x80\"", kRefused},
      {"\"\xc3\"", kRefused},
      {"\"\xc0\x80\"", kRefused},
      {"\"\xe0\x80\x80\"", kRefused},
      {"\"\xed\xa0\x80\"", kRefused},
      {"\"\xf0\x80\x80\x80\"", kRefused},
      {"\"\xf4\x90\x80\x80\"", kRefused},
      {R"("\ud83d")", kRefused},
      {R"("\ud83dx")", kRefused},
      {R"("\ud83d\u0041")", kRefused},
      {R"("\ude00")", kRefused},
      // JSON, but not what anybody means.
      {R"({"a":1,"a":2})", kRefused},
      {R"({"x":[{"b":1,"\u0062":1}]})", kRefused},
      {nested(64), "[" +
                       [] {
                         std::string all;
                         for (int i = 0; i < 63; ++i) all += "[";
                         for (int i = 0; i < 63; ++i) all += "],";
                         return all;
                       }() +
                       "]"},
      {nested(65), kRefused},
  };
}

TEST(FlatJson, ReadsWhatTheCarefulReaderReads) {
  FlatJson flat;
  for (const Case& one : cases()) {
    EXPECT_EQ(read_with_care(one.text), one.told) << one.text;
    EXPECT_EQ(read_flat(flat, one.text), one.told) << one.text;
  }
}

TEST(FlatJson, AcceptsNothingThatTheCarefulReaderRefusesOrReadsOtherwise) {
  std::vector<std::string> texts{history_text(full_history())};
  for (const Case& one : cases()) texts.push_back(one.text);
  const std::string all = history_text(full_history());
  for (std::size_t begin = 0, end = 0; (end = all.find('\n', begin)) != std::string::npos; begin = end + 1) {
    texts.push_back(all.substr(begin, end - begin));
  }
  FlatJson flat;
  sim::Random random(20261122);
  int accepted = 0;
  for (int i = 0; i < kMutations; ++i) {
    const std::string text = mutated(texts[random.below(texts.size())], random);
    const std::string quickly = read_flat(flat, text);
    if (quickly == kRefused) continue;  // the careful reader has the last word: it takes 1e-99999, for one
    ASSERT_EQ(quickly, read_with_care(text)) << text;
    ++accepted;
  }
  EXPECT_GT(accepted, kMutations / 15);
}

TEST(FlatJson, FindsMembersInAnyOrderAndMissesThoseNotThere) {
  FlatJson flat;
  FlatValue json = flat.parse(R"({"c":3,"a":1,"b":2})");
  EXPECT_EQ(json.at("a").integer(), 1);
  EXPECT_EQ(json.at("b").integer(), 2);
  EXPECT_FALSE(json.optional("d").has_value());
  EXPECT_THROW(json.done(), NotPlain);
  EXPECT_EQ(json.at("c").integer(), 3);
  json.done();
  EXPECT_EQ(json.at("c").integer(), 3);
  json.done();
}

TEST(FlatJson, AStrangerIsNotHiddenByAMemberReadTwice) {
  FlatJson flat;
  FlatValue json = flat.parse(R"({"a":1,"stranger":2})");
  json.at("a");
  json.at("a");
  EXPECT_THROW(json.done(), NotPlain);
}

TEST(FlatJson, RefusesWhatIsOfAnotherKindOrOutOfRange) {
  FlatJson flat;
  FlatValue json = flat.parse(R"({"text":"5","number":5,"flag":true,"list":[]})");
  EXPECT_THROW(json.at("text").integer(), NotPlain);
  EXPECT_THROW(json.at("number").text(), NotPlain);
  EXPECT_THROW(json.at("number").boolean(), NotPlain);
  EXPECT_THROW(json.at("number").integer(6), NotPlain);
  EXPECT_THROW(json.at("number").integer(0, 4), NotPlain);
  EXPECT_EQ(json.at("number").integer(5, 5), 5);
  EXPECT_THROW(json.at("flag").array(), NotPlain);
  EXPECT_THROW(json.at("list").members(), NotPlain);
  EXPECT_THROW(json.at("list").at("a"), NotPlain);
  EXPECT_THROW(json.at("absent"), NotPlain);
}

}  // namespace
}  // namespace pinproof::conformance
