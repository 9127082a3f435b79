#include "conformance/scenario/store.h"

#include <gmock/gmock.h>

#include <fstream>

#include "conformance/scenario/scenario_testing.h"

namespace pinproof::conformance {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::EndsWith;

/// A root of its own for each test, gone with it.
class StoreTest : public testing::Test {
 protected:
  StoreTest() : root_(fs::path(testing::TempDir()) / ("store-" + std::string(test_name()))) {
    fs::remove_all(root_);
    fs::create_directories(root_ / "scenarios" / "helodata" / "pin");
    fs::create_directories(root_ / "scenarios" / "crawlera" / "topic");
    write("scenarios/helodata/topic/name.json", helodata_scenario(R"({"wait": "1s"})"));
    write("scenarios/crawlera/topic/name.json", crawlera_scenario(R"({"wait": "1s"})"));
  }
  ~StoreTest() override { fs::remove_all(root_); }

  static const char* test_name() { return testing::UnitTest::GetInstance()->current_test_info()->name(); }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  LoadedScenarios load_at(const std::string& path) {
    return load_scenarios_at(root_ / path, root_, shipped_catalogue());
  }

  static std::vector<std::string> ids(const LoadedScenarios& loaded) {
    std::vector<std::string> ids;
    for (const Scenario& scenario : loaded.scenarios) ids.push_back(scenario.id);
    return ids;
  }

  static std::vector<std::string> messages(const LoadedScenarios& loaded) {
    std::vector<std::string> messages;
    for (const sim::InputError& error : loaded.errors) messages.push_back(error.message());
    return messages;
  }

  fs::path root_;
};

TEST_F(StoreTest, loads_what_lies_below_each_dialect_in_order_of_id) {
  write("scenarios/rules/other.json", "{}");
  const LoadedScenarios loaded = load_scenarios(root_, shipped_catalogue());
  EXPECT_THAT(ids(loaded), ElementsAre("crawlera/topic/name", "helodata/topic/name"));
  EXPECT_THAT(messages(loaded), ElementsAre());
}

TEST_F(StoreTest, names_each_file_that_does_not_load) {
  write("scenarios/helodata/pin/b.json", "{");
  write("scenarios/helodata/pin/a.json", helodata_scenario(R"({"wait": "1s"})"));
  write("scenarios/helodata/pin/notes.txt", "");
  const LoadedScenarios loaded = load_scenarios(root_, shipped_catalogue());
  EXPECT_THAT(ids(loaded), ElementsAre("crawlera/topic/name", "helodata/topic/name"));
  EXPECT_THAT(
      messages(loaded),
      ElementsAre(
          EndsWith(R"(/scenarios/helodata/pin/a.json: at /id: found "helodata/topic/name", )"
                   R"(expected "helodata/pin/a", as the file lies)"),
          testing::HasSubstr("/scenarios/helodata/pin/b.json: at 1:"),
          EndsWith(
              "/scenarios/helodata/pin/notes.txt: found a file that is not named *.json, expected scenarios only")));
}

TEST_F(StoreTest, takes_a_file_or_a_folder) {
  EXPECT_THAT(ids(load_at("scenarios/helodata")), ElementsAre("helodata/topic/name"));
  EXPECT_THAT(ids(load_at("scenarios/helodata/topic/name.json")), ElementsAre("helodata/topic/name"));
  EXPECT_THAT(messages(load_at("scenarios/helodata/pin")),
              ElementsAre(EndsWith("/pin: found a folder without files, expected scenarios")));
  EXPECT_THAT(messages(load_at("scenarios/none")),
              ElementsAre(EndsWith("/none: found nothing there, expected a scenario, or a folder of them")));
}

TEST_F(StoreTest, leaves_ids_free_outside_of_the_registry) {
  write("counterexamples/7.json", helodata_scenario(R"({"wait": "1s"})"));
  EXPECT_THAT(ids(load_at("counterexamples/7.json")), ElementsAre("helodata/topic/name"));
}

TEST(GlobMatches, stars_and_question_marks) {
  EXPECT_TRUE(glob_matches("helodata/pin/*", "helodata/pin/announced-once"));
  EXPECT_TRUE(glob_matches("*expiry*", "helodata/sticky/expiry-is-not-announced"));
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_TRUE(glob_matches("a*b*c", "a-b-b-c"));
  EXPECT_TRUE(glob_matches("?/x", "a/x"));
  EXPECT_TRUE(glob_matches("a**", "a"));
  EXPECT_FALSE(glob_matches("helodata/pin", "helodata/pin/announced-once"));
  EXPECT_FALSE(glob_matches("a*b", "a-b-c"));
  EXPECT_FALSE(glob_matches("?", ""));
  EXPECT_FALSE(glob_matches("", "a"));
}

TEST(IsSelected, by_dialect_filters_and_skips) {
  const Scenario scenario = parsed(helodata_scenario(R"({"wait": "1s"})"));
  EXPECT_TRUE(is_selected({}, scenario));
  EXPECT_TRUE(is_selected({"helodata", {"x", "*/topic/*"}, {"*/other"}}, scenario));
  EXPECT_FALSE(is_selected({"crawlera", {}, {}}, scenario));
  EXPECT_FALSE(is_selected({"", {"x"}, {}}, scenario));
  EXPECT_FALSE(is_selected({"", {}, {"*/name"}}, scenario));
}

}  // namespace
}  // namespace pinproof::conformance
