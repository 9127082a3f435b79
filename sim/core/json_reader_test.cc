#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/core/json_reader.h"

namespace pinproof::sim {
namespace {

using Read = void (*)(const JsonReader&);

std::string complaint(std::string_view text, Read read) {
  const std::optional<InputError> error = read_json("f.json", text, read);
  return error ? error->message() : "(none)";
}

void anything(const JsonReader& /*json*/) {}

struct Case {
  std::string_view text;
  Read read;
  const char* message;
};

TEST(JsonReader, refuses_a_key_said_twice_among_many) {
  const auto text = [](const std::string& last) {
    std::string members;
    for (int i = 0; i < 100; ++i) members += "\"k" + std::to_string(i) + "\": {\"k0\": 0}, ";
    return "[{" + members + "\"" + last + "\": 0}, {" + members + "\"" + last + "\": 0}]";
  };
  EXPECT_EQ(read_json("f.json", text("k100"), anything), std::nullopt);
  for (const std::string twice : {"k0", "k31", "k32", "k33", "k99"}) {
    const auto error = read_json("f.json", text(twice), anything);
    ASSERT_TRUE(error.has_value()) << twice;
    EXPECT_EQ(error->message(),
              "f.json: at /0/" + twice + ": found the key \"" + twice + "\" twice, expected every key once");
  }
}

TEST(JsonReader, names_file_place_found_and_expected) {
  const Case cases[] = {
      // Not JSON: line and column.
      {"", anything, "f.json: at 1:1: found end of input, expected a value"},
      {"{", anything, "f.json: at 1:2: found end of input, expected string literal"},
      {"{\n  \"a\": tru\n}", anything, "f.json: at 2:11: found invalid literal, expected JSON"},
      {"[1,]", anything, "f.json: at 1:4: found ']', expected a value"},
      {"[\"\xff\"]", anything, "f.json: at 1:3: found invalid string: ill-formed UTF-8 byte, expected JSON"},
      {std::string_view("{}\0 junk", 8), anything, "f.json: at 1:3: found a NUL byte, expected end of input"},
      {"{} {}", anything, "f.json: at 1:4: found '{', expected end of input"},
      {"[1e999]", anything, "f.json: at 1:6: found number overflow parsing '1e999', expected JSON"},
      // JSON, but not what anybody means.
      {R"({"a": 1, "a": 2})", anything, R"(f.json: at /a: found the key "a" twice, expected every key once)"},
      {R"({"x": [0, {"a/b": 1, "a/b": 2}]})", anything,
       R"(f.json: at /x/1/a~1b: found the key "a/b" twice, expected every key once)"},
      // Objects.
      {"[]", [](const JsonReader& json) { json.object({"a"}); }, "f.json: found an array, expected an object"},
      {R"({"sesion": 1})",
       [](const JsonReader& json) {
         json.object({"session", "region"});
       },
       R"(f.json: at /sesion: found unknown key "sesion", expected one of "session", "region" )"
       R"((did you mean "session"?))"},
      {R"({"zebra": 1})",
       [](const JsonReader& json) {
         json.object({"session", "region"});
       },
       R"(f.json: at /zebra: found unknown key "zebra", expected one of "session", "region")"},
      {R"({"a": 1})", [](const JsonReader& json) { json.object({"only"}); },
       R"(f.json: at /a: found unknown key "a", expected "only")"},
      {R"({"p": {}})", [](const JsonReader& json) { json.at("p").at("url"); },
       R"(f.json: at /p: found an object without "url", expected that key)"},
      {"3", [](const JsonReader& json) { json.optional("a"); }, "f.json: found 3, expected an object"},
      {"3", [](const JsonReader& json) { json.members(); }, "f.json: found 3, expected an object"},
      // Arrays.
      {"{}", [](const JsonReader& json) { json.array(); }, "f.json: found an object, expected an array"},
      {"{}", [](const JsonReader& json) { json.array(1, 3); },
       "f.json: found an object, expected an array with a size from 1 to 3"},
      {"[]", [](const JsonReader& json) { json.array(1); },
       "f.json: found an array with a size of 0, expected an array with a size of at least 1"},
      {"[0, [1, \"x\"]]", [](const JsonReader& json) { json.array().at(1).array().at(1).boolean(); },
       R"(f.json: at /1/1: found "x", expected true or false)"},
      // Scalars.
      {"null", [](const JsonReader& json) { json.string(); }, "f.json: found null, expected a string"},
      {R"("")", [](const JsonReader& json) { json.non_empty_string(); },
       R"(f.json: found "", expected a non-empty string)"},
      {R"("abcd")", [](const JsonReader& json) { json.non_empty_string(3); },
       R"(f.json: found "abcd", expected a non-empty string of at most 3 bytes)"},
      {"33", [](const JsonReader& json) { json.integer(1, 32); }, "f.json: found 33, expected an integer from 1 to 32"},
      {"-1", [](const JsonReader& json) { json.integer(0); }, "f.json: found -1, expected an integer of at least 0"},
      {"30.0", [](const JsonReader& json) { json.integer(); }, "f.json: found 30.0, expected an integer"},
      {"18446744073709551615", [](const JsonReader& json) { json.integer(); },
       "f.json: found 18446744073709551615, expected an integer"},
      {"true", [](const JsonReader& json) { json.number(0); }, "f.json: found true, expected a number of at least 0.0"},
      {"1.5", [](const JsonReader& json) { json.number(0, 1); },
       "f.json: found 1.5, expected a number from 0.0 to 1.0"},
      {"30", [](const JsonReader& json) { json.duration(); },
       R"(f.json: found 30, expected a duration of at least "0s", such as "29m59s")"},
      {R"("30")", [](const JsonReader& json) { json.duration(Duration::min()); },
       R"(f.json: found "30", expected a duration, such as "29m59s")"},
      {R"("31m")", [](const JsonReader& json) { json.duration(1min, 30min); },
       R"(f.json: found "31m", expected a duration from "1m" to "30m")"},
      {R"("rejct")",
       [](const JsonReader& json) {
         json.one_of({"reject", "clamp"});
       },
       R"(f.json: found "rejct", expected one of "reject", "clamp" (did you mean "reject"?))"},
      {"7",
       [](const JsonReader& json) {
         json.one_of({"reject", "clamp"});
       },
       R"(f.json: found 7, expected one of "reject", "clamp")"},
      {R"({"a~b": "x"})", [](const JsonReader& json) { json.at("a~b").refuse("a region"); },
       R"(f.json: at /a~0b: found "x", expected a region)"},
  };
  for (const Case& row : cases) EXPECT_EQ(complaint(row.text, row.read), row.message) << row.text;
}

TEST(JsonReader, reads_every_kind) {
  const auto parsed =
      parse_json("f.json", R"({"s": "é\n", "i": -9223372036854775808, "n": 0.5, "b": true, "d": "29m59s", "e": "two"})",
                 [](const JsonReader& json) {
                   EXPECT_EQ(json.at("s").string(), "é\n");
                   EXPECT_EQ(json.at("i").integer(), std::numeric_limits<std::int64_t>::min());
                   EXPECT_EQ(json.at("n").number(), 0.5);
                   EXPECT_TRUE(json.at("b").boolean());
                   EXPECT_EQ(json.at("d").duration(), 29min + 59s);
                   EXPECT_FALSE(json.optional("absent"));
                   return json.at("e").one_of<int>({{"one", 1}, {"two", 2}});
                 });
  ASSERT_TRUE(std::holds_alternative<int>(parsed));
  EXPECT_EQ(std::get<int>(parsed), 2);
}

TEST(JsonReader, keeps_the_order_of_keys) {
  const auto text = R"({"z":1,"a":[true,null,1.50,"q\"q"],"m":{}})";
  const auto parsed = parse_json("f.json", text, [](const JsonReader& json) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : json.members()) keys.push_back(key);
    keys.push_back(json.text());
    return keys;
  });
  EXPECT_THAT(std::get<std::vector<std::string>>(parsed), testing::ElementsAre("z", "a", "m", text));
}

TEST(JsonReader, bounds_depth_and_size) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(complaint(nested(64), anything), "(none)");
  EXPECT_THAT(complaint(nested(65), anything),
              testing::EndsWith(": found nesting deeper than 64, expected at most that"));
  EXPECT_EQ(complaint(std::string(16U * 1024 * 1024 + 1, ' '), anything),
            "f.json: found 16777217 bytes, expected at most 16777216");
}

TEST(JsonReader, cuts_long_values_in_messages_between_characters) {
  const std::string text = '"' + std::string(59, 'x') + "ééé\"";
  EXPECT_EQ(complaint(text, [](const JsonReader& json) { json.boolean(); }),
            "f.json: found \"" + std::string(59, 'x') + "\"…, expected true or false");
}

TEST(NearestWord, is_close_and_shorter_than_a_new_word) {
  EXPECT_EQ(nearest_word("sesion", {"region", "session"}), "session");
  EXPECT_EQ(nearest_word("id", {"ip", "session"}), std::nullopt);
  EXPECT_EQ(nearest_word("", {"a", "region"}), std::nullopt);
}

}  // namespace
}  // namespace pinproof::sim
