// The schemas that editors and machines use, and what the program reads and writes, are the same.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <variant>

#include "conformance/catalogue/load.h"
#include "conformance/deviations/deviation_store.h"
#include "conformance/deviations/kill_matrix_json.h"
#include "conformance/scenario/schema_json.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

std::string file_text(const std::string& path) {
  auto text = read_text_file(std::string(PINPROOF_SOURCE_DIR) + "/scenarios/" + path);
  if (const auto* error = std::get_if<sim::InputError>(&text)) ADD_FAILURE() << error->message();
  return std::holds_alternative<std::string>(text) ? std::get<std::string>(text) : "";
}

TEST(DeviationSchema, AcceptsEveryShippedDeviation) {
  const JsonSchema schema(file_text("schema/deviation.schema.json"));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PINPROOF_SOURCE_DIR "/scenarios/deviations")) {
    const std::string name = entry.path().filename().string();
    EXPECT_EQ(schema.complaint(file_text("deviations/" + name)), std::nullopt) << name;
    ++files;
  }
  EXPECT_GE(files, 3U);
}

TEST(DeviationSchema, RefusesWhatTheReaderRefuses) {
  const JsonSchema schema(file_text("schema/deviation.schema.json"));
  struct Edit {
    const char* from;
    const char* to;
  };
  const Edit edits[] = {
      {R"("id": "a",)", ""},
      {R"("id": "a")", R"("id": "A")"},
      {R"("title": "t",)", ""},
      {R"("title": "t")", R"("titel": "t")"},
      {R"("dialect": "helodata")", R"("dialect": "helo")"},
      {R"("requirement": "H-STK-6",)", ""},
      {R"("requirement": "H-STK-6")", R"("requirement": "H-STK-6", "conforms": true)"},
      {R"("requirement": "H-STK-6")", R"("conforms": false)"},
      {R"({"over_cap": "reject"})", R"({"over_cap": 1})"},
      {R"([{"op": "replace", "path": "/session/window/minutes_cap", "value": 31}])", "[]"},
      {R"("op": "replace")", R"("op": "set")"},
      {R"("op": "replace")", R"("op": "remove")"},
      {R"(, "value": 31)", ""},
      {R"(, "value": 31)", R"(, "value": 31, "from": "/a")"},
      {R"("/session/window/minutes_cap")", R"("")"},
  };
  const std::string good =
      R"({"id": "a", "title": "t", "dialect": "helodata", "requirement": "H-STK-6", "readings": {"over_cap": "reject"},)"
      R"( "edits": [{"op": "replace", "path": "/session/window/minutes_cap", "value": 31}]})";
  const RulesTexts texts = std::get<RulesTexts>(load_rules_texts(PINPROOF_SOURCE_DIR));
  const auto is_read = [&](const std::string& text) {
    return std::holds_alternative<Deviation>(parse_deviation("a.json", text, shipped_catalogue(), texts));
  };
  ASSERT_EQ(schema.complaint(good), std::nullopt);
  ASSERT_TRUE(is_read(good));
  for (const Edit& edit : edits) {
    std::string text = good;
    const std::size_t at = text.find(edit.from);
    ASSERT_NE(at, std::string::npos) << edit.from;
    text.replace(at, std::string_view(edit.from).size(), edit.to);
    EXPECT_NE(schema.complaint(text), std::nullopt) << edit.from << " -> " << edit.to;
    EXPECT_FALSE(is_read(text)) << edit.from << " -> " << edit.to;
  }
}

// docs/deviations.md is the page for authors: what it shows can be copied.
TEST(DeviationSchema, TheExampleOfThePageIsADeviation) {
  const std::string page = file_text("../docs/deviations.md");
  const std::string fence = "```json\n";
  const std::size_t at = page.find(fence) + fence.size();
  const std::string example = page.substr(at, page.find("```", at) - at);
  const RulesTexts texts = std::get<RulesTexts>(load_rules_texts(PINPROOF_SOURCE_DIR));
  const auto parsed = parse_deviation("helodata-cap-of-31.json", example, shipped_catalogue(), texts);
  const auto* const error = std::get_if<sim::InputError>(&parsed);
  EXPECT_EQ(error, nullptr) << error->message();
  EXPECT_EQ(JsonSchema(file_text("schema/deviation.schema.json")).complaint(example), std::nullopt);
}

TEST(MatrixSchema, AcceptsAMatrixWithEverythingInIt) {
  const JsonSchema schema(file_text("schema/deviations-result.schema.json"));
  KillMatrix matrix;
  matrix.references = {{"helodata", "as it ships", "helodata", {}, {}, {}}};
  matrix.conforming = {{"clamps", "t", "helodata", {{"over_cap", "clamp"}}, {"H-STK-6"}, {{"a/b/c", "fail", "r"}}}};
  WrongGateway wrong;
  wrong.id = "cap";
  wrong.title = "t";
  wrong.dialect = "helodata";
  wrong.readings = {{"over_cap", "reject"}};
  wrong.requirement = "H-STK-6";
  wrong.verdict = "fail";
  wrong.kills = {{"a/b/c", true, true, "r"}};
  wrong.others = {"H-EXT-1"};
  wrong.harness_errors = {{"a/b/c", "harness_error", "r"}};
  for (const DeviationOutcome outcome :
       {DeviationOutcome::kKilled, DeviationOutcome::kKilledByOthers, DeviationOutcome::kSurvived}) {
    wrong.outcome = outcome;
    matrix.deviations.push_back(wrong);
  }
  matrix.idle_scenarios = {"a/b/d"};
  matrix.requirements_unkilled = {"H-STK-1"};
  EXPECT_EQ(schema.complaint(to_json(matrix, "0.1.0")), std::nullopt);
  matrix.whole = false;
  EXPECT_EQ(schema.complaint(to_json(matrix, "0.1.0")), std::nullopt);
  EXPECT_EQ(to_json(matrix, "0.1.0").find("idle_scenarios"), std::string::npos);
}

}  // namespace
}  // namespace pinproof::conformance
