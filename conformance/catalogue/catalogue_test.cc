#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

#include "conformance/catalogue/catalogue_json.h"
#include "conformance/catalogue/load.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

const Catalogue& shipped() {
  static const Catalogue catalogue = [] {
    const sim::Parsed<Catalogue> loaded = load_catalogue(PINPROOF_SOURCE_DIR);
    const auto* error = std::get_if<sim::InputError>(&loaded);
    return error == nullptr ? std::get<Catalogue>(loaded) : throw std::runtime_error(error->message());
  }();
  return catalogue;
}

struct Row {
  const char* id;
  const char* level;
  const char* needs;
};

// Every promise that the suite was built to cover, copied by hand from its specification, not from the catalogue.
constexpr Row kSpecification[] = {
    {"H-ROT-1", "must", "exits"},
    {"H-ROT-2", "may", "exits"},
    {"H-ROT-3", "must", "exits"},
    {"H-ROT-4", "derived", "exits"},
    {"H-ROT-5", "must", "exits"},
    {"H-ROT-6", "derived", "exits"},
    {"H-STK-1", "must", "exits"},
    {"H-STK-2", "derived", "exits"},
    {"H-STK-3", "must", "time, exits"},
    {"H-STK-4", "must", "time, exits"},
    {"H-STK-5", "derived", "time"},
    {"H-STK-6", "must", "time, exits"},
    {"H-STK-7", "must", ""},
    {"H-STK-8", "must", ""},
    {"H-STK-9", "must", ""},
    {"H-STK-10", "derived", "exits"},
    {"H-STK-11", "derived", "attempts"},
    {"H-KEY-1", "must", "exits"},
    {"H-KEY-2", "must", "exits, accounts"},
    {"H-KEY-3", "must", "time, exits"},
    {"H-KEY-4", "derived", "exits"},
    {"H-PIN-1", "must", "drop, exits"},
    {"H-PIN-2", "must", "drop"},
    {"H-PIN-3", "must", "time, drop, exits"},
    {"H-PIN-4", "derived", "drop"},
    {"H-PIN-5", "derived", "drop, exits"},
    {"H-PIN-6", "derived", "drop, exits"},
    {"H-PIN-7", "derived", "drop, exits"},
    {"H-PIN-8", "derived", "drop"},
    {"H-PIN-9", "derived", "drop"},
    {"H-PIN-10", "best-effort", "exits"},
    {"H-PIN-11", "derived", "time, drop, exits"},
    {"H-PIN-12", "derived", "drop"},
    {"H-NOT-1", "must", "api"},
    {"H-NOT-2", "must", ""},
    {"H-NOT-3", "may", "time"},
    {"H-AUT-1", "derived", "attempts"},
    {"H-POOL-1", "derived", "exits"},
    {"H-POOL-2", "derived", "exits"},
    {"H-EXT-1", "field", ""},
    {"H-EXT-2", "field", "exits"},
    {"H-EXT-3", "field", "api"},
    {"C-SES-1", "must", ""},
    {"C-SES-2", "must", "exits"},
    {"C-SES-3", "must", "api"},
    {"C-SES-4", "must", ""},
    {"C-SES-5", "must", "api"},
    {"C-SES-6", "must", "api"},
    {"C-SES-7", "must", "time"},
    {"C-SES-8", "derived", "time, api"},
    {"C-SES-9", "must", "time, api"},
    {"C-SES-10", "derived", "api, accounts"},
    {"C-SES-11", "must", "accounts"},
    {"C-SES-12", "derived", "exits"},
    {"C-SES-13", "derived", "drop, exits"},
    {"C-SES-14", "derived", ""},
    {"C-PAC-1", "must", "time, exits"},
    {"C-PAC-2", "must", "time"},
    {"C-PAC-3", "must", "time"},
    {"C-PAC-4", "must", "time"},
    {"C-PAC-5", "must", "time"},
    {"C-PAC-6", "derived", "time"},
    {"C-PAC-7", "derived", "time"},
    {"C-PAC-8", "derived", "time, exits"},
    {"C-PAC-9", "derived", "time, attempts"},
    {"C-RET-1", "must", "attempts"},
    {"C-RET-2", "must", "exits, attempts"},
    {"C-RET-3", "derived", "attempts"},
    {"C-RET-4", "derived", "attempts"},
    {"C-RET-5", "derived", "time, attempts"},
    {"C-EXT-1", "field", ""},
    {"G-1", "derived", ""},
    {"G-2", "derived", ""},
    // The specification leaves its needs empty, but defines "wire" as just this: malformed heads, slow clients.
    {"G-3", "derived", "wire"},
};

TEST(Catalogue, has_every_row_of_the_specification_in_its_order) {
  std::vector<std::string> specified;
  for (const Row& row : kSpecification) specified.emplace_back(row.id);
  std::vector<std::string> found;
  for (const Requirement& requirement : shipped().requirements) found.push_back(requirement.id);
  EXPECT_EQ(found, specified);
  EXPECT_EQ(found.size(), 74U);
}

TEST(Catalogue, gives_level_and_needs_of_the_specification) {
  for (const Row& row : kSpecification) {
    const Requirement* requirement = shipped().find(row.id);
    ASSERT_NE(requirement, nullptr) << row.id;
    EXPECT_EQ(to_string(requirement->level), row.level) << row.id;
    EXPECT_EQ(to_string(requirement->needs), row.needs) << row.id;
  }
  EXPECT_EQ(shipped().find("H-STK-0"), nullptr);
}

TEST(Catalogue, puts_field_rows_and_only_those_in_the_extended_set) {
  std::vector<std::string> extended;
  for (const Requirement& requirement : shipped().requirements) {
    if (requirement.set == RequirementSet::kExtended) extended.push_back(requirement.id);
  }
  EXPECT_THAT(extended, testing::ElementsAre("H-EXT-1", "H-EXT-2", "H-EXT-3", "C-EXT-1"));
}

TEST(Catalogue, tells_the_dialect_by_the_first_letter) {
  for (const Requirement& requirement : shipped().requirements) {
    const char initial = requirement.id[0];
    const std::string_view dialect = initial == 'H' ? "helodata" : initial == 'C' ? "crawlera" : "both";
    EXPECT_EQ(to_string(requirement.dialect), dialect) << requirement.id;
  }
}

TEST(Catalogue, applies_rows_of_both_to_each_dialect) {
  const Requirement* sticky = shipped().find("H-STK-1");
  const Requirement* general = shipped().find("G-1");
  EXPECT_TRUE(sticky->applies_to(RequirementDialect::kHelodata));
  EXPECT_FALSE(sticky->applies_to(RequirementDialect::kCrawlera));
  EXPECT_TRUE(sticky->applies_to(RequirementDialect::kBoth));
  EXPECT_TRUE(general->applies_to(RequirementDialect::kHelodata));
  EXPECT_TRUE(general->applies_to(RequirementDialect::kCrawlera));
}

TEST(Catalogue, has_titles_that_fit_a_table_and_differ) {
  std::set<std::string> titles;
  for (const Requirement& requirement : shipped().requirements) {
    EXPECT_LE(requirement.title.size(), 60U) << requirement.id;
    EXPECT_TRUE(titles.insert(requirement.title).second) << requirement.id << ": " << requirement.title;
  }
}

TEST(Catalogue, finds_every_row_testable_but_the_one_that_takes_two_runs) {
  for (const Requirement& requirement : shipped().requirements) {
    EXPECT_EQ(!requirement.untestable.empty(), requirement.id == "G-2")
        << requirement.id << ": " << requirement.untestable;
  }
}

TEST(Catalogue, ties_readings_to_the_rows_that_depend_on_them) {
  EXPECT_EQ(shipped().find("H-STK-6")->readings, std::vector<std::string>{"over_cap"});
  EXPECT_EQ(shipped().find_reading("over_cap")->requirements, std::vector<std::string>{"H-STK-6"});
  EXPECT_THAT(shipped().find_reading("session_key")->requirements,
              testing::ElementsAre("H-KEY-1", "H-KEY-2", "H-KEY-3"));
  EXPECT_EQ(shipped().find_reading("no_such"), nullptr);
  for (const Requirement& requirement : shipped().requirements) {
    for (const std::string& name : requirement.readings) {
      const Reading* reading = shipped().find_reading(name);
      ASSERT_NE(reading, nullptr) << requirement.id << ": " << name;
      EXPECT_THAT(reading->requirements, testing::Contains(requirement.id));
    }
  }
}

TEST(Catalogue, keeps_what_a_row_promises_as_written) {
  using Promised = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(shipped().find("H-STK-6")->promised, (Promised{{"window_cap", "30m"}}));
  EXPECT_EQ(shipped().find("C-SES-9")->promised, (Promised{{"session_cap", "5000"}}));
  EXPECT_EQ(shipped().find("C-PAC-2")->promised, (Promised{{"domains", R"({"popular.origin.test":"3s"})"}}));
}

TEST(Catalogue, promises_the_numbers_of_the_sources) {
  const Promises& promises = shipped().promises;
  EXPECT_EQ(promises.minute, 60s);
  EXPECT_EQ(promises.window_minutes_min, 1);
  EXPECT_EQ(promises.window_cap, 30min);
  EXPECT_EQ(promises.session_id_length_max, 32);
  EXPECT_EQ(promises.idle_window, 30min);
  EXPECT_EQ(promises.session_cap, 5000);
  EXPECT_EQ(promises.accounts_without_sessions, std::vector<std::string>{"starter"});
  EXPECT_EQ(promises.default_delay, 12s);
  EXPECT_EQ(promises.soft_limit, 120s);
  EXPECT_EQ(promises.delay_ceiling, 900s);
  EXPECT_EQ(promises.default_retries, 5);
  EXPECT_EQ(promises.false_alarm_one_in, 1'000'000);
  EXPECT_EQ(promises.in_flight_timeout, 30s);
  EXPECT_EQ(promises.byte_overhead_max, 1024);
  EXPECT_EQ(promises.announced_delay_tolerance, 1s);
}

TEST(Catalogue, starts_from_these_readings) {
  const Readings expected{
      {"announced_delay", "own"},
      {"connect_announcement", "connect_reply"},
      {"expiry_counts_from", "last_request"},
      {"expiry_repeat", "may_repeat"},
      {"failed_first_request_starts_window", "open"},
      {"in_flight", "fail"},
      {"leading_zeros", "refuse"},
      {"listing_extends", "no"},
      {"lost_exit", "ends"},
      {"lost_pin", "repin_announced"},
      {"malformed_name_status", "either"},
      {"max_retries_counts", "retries"},
      {"over_cap", "reject"},
      {"over_ceiling", "refuse"},
      {"over_session_cap", "refuse"},
      {"pacing_law", "queue"},
      {"pacing_scope", "exit"},
      {"repin_moves_started_at", "yes"},
      {"repin_restarts_window", "yes"},
      {"repinned_header", "once"},
      {"rotation_repeat", "may_repeat"},
      {"session_across_regions", "same_exit"},
      {"session_key", "whole_user_name"},
      {"unknown_subuser_status", "either"},
      {"window_clock", "absolute"},
  };
  EXPECT_EQ(shipped().default_readings(), expected);
}

TEST(Catalogue, documents_every_reading_and_value_and_no_other) {
  std::ifstream page(PINPROOF_SOURCE_DIR "/docs/readings.md");
  std::set<std::string> headings;
  std::set<std::string> values;
  std::string heading;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("### ", 0) == 0) {
      heading = line.substr(4);
      EXPECT_TRUE(headings.insert(heading).second) << line;
    }
    if (line.rfind("- `", 0) == 0) values.insert(heading + "=" + line.substr(3, line.find('`', 3) - 3));
  }
  std::set<std::string> names;
  std::set<std::string> known;
  for (const Reading& reading : shipped().readings) {
    names.insert(reading.name);
    for (const ReadingValue& value : reading.values) known.insert(reading.name + "=" + value.value);
  }
  EXPECT_EQ(headings, names);
  EXPECT_EQ(values, known);
}

TEST(Catalogue, has_a_schema_that_knows_every_promise_and_capability) {
  const sim::Parsed<std::string> text = read_text_file(PINPROOF_SOURCE_DIR "/scenarios/schema/requirement.schema.json");
  std::set<std::string> promises;
  std::set<std::string> capabilities;
  const auto error =
      sim::read_json("requirement.schema.json", std::get<std::string>(text), [&](const sim::JsonReader& json) {
        const sim::JsonReader definitions = json.at("definitions");
        for (const auto& member : definitions.at("promised").at("properties").members()) promises.insert(member.first);
        const sim::JsonReader needs = definitions.at("requirement").at("properties").at("needs");
        for (const sim::JsonReader& word : needs.at("items").at("enum").array()) capabilities.insert(word.string());
      });
  EXPECT_EQ(error, std::nullopt);
  std::set<std::string> fields;
  for (const PromiseField& field : promise_fields()) fields.insert(std::string(field.name));
  EXPECT_EQ(promises, fields);
  std::set<std::string> all;
  for (const Capability capability : kAllCapabilities) all.insert(std::string(to_string(capability)));
  EXPECT_EQ(capabilities, all);
}

TEST(Promises, gives_a_host_the_delay_of_its_nearest_domain) {
  Promises promises;
  promises.default_delay = 12s;
  promises.domains = {{"example.com", 6s}, {"shop.example.com", 20s}};
  EXPECT_EQ(promises.delay_of("example.com"), 6s);
  EXPECT_EQ(promises.delay_of("www.example.com"), 6s);
  EXPECT_EQ(promises.delay_of("a.shop.example.com"), 20s);
  EXPECT_EQ(promises.delay_of("notexample.com"), 12s);
  EXPECT_EQ(promises.delay_of("com"), 12s);
}

TEST(Capabilities, say_what_is_missing) {
  const Capabilities needs{Capability::kExits, Capability::kTime, Capability::kDrop};
  const Capabilities offered{Capability::kExits, Capability::kTls};
  EXPECT_EQ(to_string(needs), "time, drop, exits");
  EXPECT_EQ(to_string(needs.without(offered)), "time, drop");
  EXPECT_FALSE(offered.includes(needs));
  EXPECT_TRUE(needs.includes({Capability::kDrop}));
  EXPECT_TRUE(offered.includes({}));
  EXPECT_EQ(parse_capability("attempts"), Capability::kAttempts);
  EXPECT_EQ(parse_capability("Attempts"), std::nullopt);
}

}  // namespace
}  // namespace pinproof::conformance
