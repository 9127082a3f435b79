// A deviation that means nothing is refused, with its place, what stood there and what was expected.
#include "conformance/deviations/deviation_json.h"

#include <gtest/gtest.h>

#include <variant>

#include "conformance/deviations/deviation_store.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

const RulesTexts& shipped_texts() {
  static const RulesTexts texts = std::get<RulesTexts>(load_rules_texts(PINPROOF_SOURCE_DIR));
  return texts;
}

sim::Parsed<Deviation> parsed(const std::string& text, const std::string& file = "folder/a-cap.json") {
  return parse_deviation(file, text, shipped_catalogue(), shipped_texts());
}

/// A deviation with one thing otherwise.
std::string with(const std::string& from, const std::string& to) {
  std::string text =
      R"({"id": "a-cap", "title": "t", "dialect": "helodata", "requirement": "H-STK-6", "readings": {"over_cap": "reject"},)"
      R"( "edits": [{"op": "replace", "path": "/session/window/minutes_cap", "value": 31}]})";
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(DeviationJson, AppliesItsEditsToTheShippedRules) {
  const auto result = parsed(with("\"t\"", R"("t", "why": "w", "$schema": "s")"));
  ASSERT_TRUE(std::holds_alternative<Deviation>(result)) << std::get<sim::InputError>(result).message();
  const auto& deviation = std::get<Deviation>(result);
  EXPECT_EQ(deviation.id, "a-cap");
  EXPECT_EQ(deviation.title, "t");
  EXPECT_EQ(deviation.why, "w");
  EXPECT_EQ(deviation.dialect, "helodata");
  EXPECT_EQ(deviation.requirement, "H-STK-6");
  EXPECT_FALSE(deviation.conforms());
  EXPECT_EQ(deviation.file, "folder/a-cap.json");
  EXPECT_EQ(deviation.edits,
            (std::vector<std::string>{R"({"op":"replace","path":"/session/window/minutes_cap","value":31})"}));
  EXPECT_EQ(deviation.readings_named, (NamedReadings{{"over_cap", "reject"}}));
  EXPECT_EQ(deviation.readings, shipped_catalogue().default_readings());
  EXPECT_EQ(deviation.rules.name, "a-cap");
  EXPECT_EQ(deviation.rules.dialect, "helodata");
  EXPECT_EQ(deviation.rules.session.window.minutes_cap, 31U);
  EXPECT_EQ(deviation.rules.session.window.minutes_min, 1U);
}

TEST(DeviationJson, ReadsOneThatConformsUnderReadingsOfItsOwn) {
  const auto result = parsed(
      R"({"id": "a-cap", "title": "t", "dialect": "helodata", "conforms": true, "readings": {"over_cap": "clamp"},
          "edits": [{"op": "test", "path": "/session/window/over_cap", "value": "reject"},
                    {"op": "replace", "path": "/session/window/over_cap", "value": "clamp"}]})");
  ASSERT_TRUE(std::holds_alternative<Deviation>(result)) << std::get<sim::InputError>(result).message();
  const auto& deviation = std::get<Deviation>(result);
  EXPECT_TRUE(deviation.conforms());
  EXPECT_EQ(deviation.readings.at("over_cap"), "clamp");
  EXPECT_EQ(deviation.readings.at("leading_zeros"), "refuse");
  EXPECT_EQ(deviation.rules.session.window.over_cap, sim::OverCap::kClamp);
}

TEST(DeviationJson, EditsSeeWhatEarlierOnesDid) {
  const auto result =
      parsed(with("[{", R"([{"op": "remove", "path": "/session/window/minutes_cap"}, {"op": "add", "path": )"
                        R"("/session/window/minutes_cap", "value": 29}, {)"));
  ASSERT_TRUE(std::holds_alternative<Deviation>(result)) << std::get<sim::InputError>(result).message();
  EXPECT_EQ(std::get<Deviation>(result).edits.size(), 3U);
}

struct Case {
  std::string text;
  std::string message;
};

TEST(DeviationJson, SaysWhatIsWrong) {
  const std::string requirement = R"("requirement": "H-STK-6")";
  const std::string edit = R"({"op": "replace", "path": "/session/window/minutes_cap", "value": 31})";
  const Case cases[] = {
      {"{", "1:2: "},
      {"[]", "found an array, expected an object"},
      {with("\"title\"", "\"titel\""), R"(at /titel: found unknown key "titel", expected )"},
      {with("\"a-cap\"", "7"), "at /id: found 7, expected a non-empty string"},
      {with("\"a-cap\"", "\"A-cap\""), R"(at /id: found "A-cap", expected lower-case letters, digits and '-')"},
      {with("\"a-cap\"", "\"b-cap\""),
       R"(at /id: found "b-cap", expected "a-cap", the name of the file without .json)"},
      {with("\"t\"", "\"\""), "at /title: found \"\", expected a non-empty string of at most 100 bytes"},
      {with("\"t\",", R"("t", "why": "",)"), "at /why: found \"\""},
      {with("\"helodata\"", "\"helodat\""),
       R"(at /dialect: found "helodat", expected one of "crawlera", "helodata" (did you mean "helodata"?))"},
      {with("H-STK-6", "H-STK-66"),
       R"(at /requirement: found "H-STK-66", expected the id of a requirement of helodata (did you mean "H-STK-6"?))"},
      {with("H-STK-6", "C-SES-1"), R"(at /requirement: found "C-SES-1", expected the id of a requirement of helodata)"},
      {with(requirement + ", ", ""),
       R"(found an object without "requirement", expected the requirement it breaks, or "conforms": true)"},
      {with(requirement, requirement + R"(, "conforms": true)"), R"(found both "requirement" and "conforms")"},
      {with(requirement, R"("conforms": false)"), "at /conforms: found false, expected true"},
      {with("over_cap", "over_cup"), R"(at /readings/over_cup: found unknown key "over_cup")"},
      {with("\"reject\"", "\"rejct\""), R"(at /readings/over_cap: found "rejct", expected one of "reject", "clamp")"},
      {with(", \"edits\": [" + edit + "]", ""), R"(found an object without "edits")"},
      {with(edit, ""), "at /edits: found an array with a size of 0"},
      {with("\"replace\"", "\"set\""), R"(at /edits/0/op: found "set", expected one of "add", "remove")"},
      {with("\"value\": 31", "\"valu\": 31"), R"(at /edits/0/valu: found unknown key "valu")"},
      {with(", \"value\": 31", ""), R"(at /edits/0: found an object without "value")"},
      {with("\"replace\"", "\"remove\""), R"(at /edits/0/value: found unknown key "value")"},
      {with("\"replace\"", "\"move\""), R"(at /edits/0/value: found unknown key "value")"},
      {with("/session/window/minutes_cap", ""), "at /edits/0/path: found \"\""},
      {with("minutes_cap", "minute_cap"),
       "at /edits/0: found an edit that does not apply: key 'minute_cap' not found, expected one for "
       "scenarios/rules/helodata.json"},
      {with("/session/window", "session/window"), "at /edits/0: found an edit that does not apply: "},
      {with("\"replace\"", "\"test\""), "at /edits/0: found an edit that does not apply: "},
      {with("31", "30"),
       "at /edits: found edits that change nothing, expected a gateway that differs from "
       "scenarios/rules/helodata.json"},
      {with("31", "\"31\""),
       R"(at /edits/0: found an edit that makes rules with "31" at /session/window/minutes_cap, expected an integer)"},
      {with("[{", R"([{"op": "add", "path": "/session/colour", "value": "red"}, {)"),
       R"(at /edits/0: found an edit that makes rules with unknown key "colour" at /session/colour, expected one of )"},
      {with(
           "[{",
           R"([{"op": "remove", "path": "/session/window"}, {"op": "add", "path": "/session/window", "value": {}}, {)"),
       "at /edits/2: found an edit that does not apply: "},
      {with("[{", R"([{"op": "replace", "path": "/dialect", "value": "crawlera"}, {)"),
       "at /edits/0: found an edit of the dialect, expected rules of helodata"},
  };
  for (const Case& row : cases) {
    const auto result = parsed(row.text);
    ASSERT_TRUE(std::holds_alternative<sim::InputError>(result)) << row.text;
    const std::string message = std::get<sim::InputError>(result).message();
    const std::string expected = "folder/a-cap.json: " + row.message;
    if (row.message.starts_with("1:")) {
      EXPECT_TRUE(message.find("1:") != std::string::npos) << message;
    } else {
      EXPECT_EQ(message.substr(0, expected.size()), expected) << row.text;
    }
  }
}

TEST(DeviationStore, EveryShippedDeviationLoads) {
  const LoadedDeviations loaded = load_deviations(PINPROOF_SOURCE_DIR, shipped_catalogue());
  for (const sim::InputError& error : loaded.errors) ADD_FAILURE() << error.message();
  EXPECT_GE(loaded.deviations.size(), 3U);
}

TEST(DeviationStore, AFolderWithoutAnyIsAnError) {
  const LoadedDeviations loaded = load_deviations(PINPROOF_SOURCE_DIR "/docs", shipped_catalogue());
  EXPECT_TRUE(loaded.deviations.empty());
  ASSERT_EQ(loaded.errors.size(), 1U);
}

}  // namespace
}  // namespace pinproof::conformance
