#include "conformance/catalogue/catalogue_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/catalogue/load.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

// Between them, these two promise everything once.
constexpr const char* kReading =
    R"({"name": "over_cap", "kind": "ambiguous", "question": "?", "values": [{"value": "reject", "means": "a"},
        {"value": "clamp", "means": "b"}], "default": "reject", "why": "c"})";
constexpr const char* kPromised =
    R"("promised": {"minute": "60s", "window_minutes_min": 1, "window_cap": "30m", "session_id_length_max": 32,
        "in_flight_timeout": "30s", "byte_overhead_max": 0, "false_alarm_one_in": 9,
        "idle_window": "30m", "session_cap": 5000, "accounts_without_sessions": ["starter"],
        "default_delay": "12s", "domains": {"a.test": "6s", "b.test": "0s"}, "delay_ceiling": "900s",
        "soft_limit": "120s",
        "announced_delay_tolerance": "1s", "default_retries": 5})";

std::string requirement(const std::string& id, const std::string& rest) {
  return R"({"id": ")" + id +
         R"(", "level": "must", "set": "core", "dialect": "helodata", "title": "t", "statement": "s",
      "source": {"document": "derived", "section": "x"}, "readings": ["over_cap"], "needs": ["exits"])" +
         (rest.empty() ? "" : ", " + rest) + "}";
}

std::string readings_file(const std::string& entries) { return R"({"readings": [)" + entries + "]}"; }
std::string requirements_file(const std::string& entries) { return R"({"requirements": [)" + entries + "]}"; }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

sim::Parsed<Catalogue> parse(const std::string& readings, const std::string& requirements) {
  return parse_catalogue({"r.json", readings}, {{"q.json", requirements}});
}

Catalogue small_catalogue() {
  return std::get<Catalogue>(parse(readings_file(kReading), requirements_file(requirement("A-1", kPromised))));
}

TEST(CatalogueJson, reads_a_small_catalogue) {
  const Catalogue catalogue = small_catalogue();
  ASSERT_EQ(catalogue.requirements.size(), 1U);
  EXPECT_EQ(catalogue.requirements[0].id, "A-1");
  EXPECT_EQ(catalogue.requirements[0].needs, Capabilities{Capability::kExits});
  EXPECT_EQ(catalogue.promises.idle_window, 30min);
  EXPECT_EQ(catalogue.promises.domains, (std::vector<DomainDelay>{{"a.test", 6s}, {"b.test", 0s}}));
  EXPECT_EQ(catalogue.readings[0].requirements, std::vector<std::string>{"A-1"});
}

TEST(CatalogueJson, refuses_with_place_and_reason) {
  const std::string readings = readings_file(kReading);
  const std::string requirements = requirements_file(requirement("A-1", kPromised));
  struct Case {
    std::string readings;
    std::string requirements;
    const char* message;
  };
  const Case cases[] = {
      {replaced(readings, "\"reject\", \"why\"", "\"rejct\", \"why\""), requirements,
       R"(r.json: at /readings/0/default: found "rejct", expected one of "reject", "clamp" (did you mean "reject"?))"},
      {replaced(readings, "over_cap", "over-cap"), requirements,
       R"(r.json: at /readings/0/name: found "over-cap", expected a snake_case word)"},
      {replaced(readings, "clamp", "reject"), requirements,
       R"(r.json: at /readings/0/values/1/value: found "reject", expected a value not given before)"},
      {readings_file(std::string(kReading) + "," + kReading), requirements,
       R"(r.json: at /readings/1/name: found "over_cap", expected a reading not given before)"},
      {readings_file(std::string(kReading) + "," + replaced(kReading, "over_cap", "unused")), requirements,
       R"(r.json: at /readings/1: found the reading "unused", expected a requirement that depends on it)"},
      {readings, replaced(requirements, R"("level": "must")", R"("level": "shall")"),
       R"(q.json: at /requirements/0/level: found "shall", expected one of "must", "derived", )"
       R"("best-effort", "may", "field")"},
      {readings, replaced(requirements, R"(["over_cap"])", R"(["over_cup"])"),
       R"(q.json: at /requirements/0/readings/0: found "over_cup", expected "over_cap" (did you mean "over_cap"?))"},
      {readings, replaced(requirements, R"(["over_cap"])", R"(["over_cap", "over_cap"])"),
       R"(q.json: at /requirements/0/readings/1: found "over_cap", expected a reading not given before)"},
      {readings, replaced(requirements, R"(["exits"])", R"(["exits", "exits"])"),
       R"(q.json: at /requirements/0/needs/1: found "exits", expected a capability not given before)"},
      {readings, replaced(requirements, "\"30m\"", "30"),
       R"(q.json: at /requirements/0/promised/window_cap: found 30, expected a duration above "0s", such as "29m59s")"},
      {readings, replaced(requirements, "5000", "0"),
       "q.json: at /requirements/0/promised/session_cap: found 0, expected an integer of at least 1"},
      {readings, requirements_file(requirement("A-1", kPromised) + "," + requirement("A-1", "")),
       R"(q.json: at /requirements/1/id: found "A-1", expected an id not given before)"},
      {readings,
       requirements_file(requirement("A-1", kPromised) + "," + requirement("A-2", R"("promised": {"minute": "50s"})")),
       R"(q.json: at /requirements/1/promised/minute: found "50s", expected the promise of one requirement only)"},
      {readings, replaced(requirements, R"("minute": "60s", )", ""),
       R"(q.json: found no requirement up to its end that promises "minute", expected one)"},
      {readings, "{}", R"(q.json: found an object without "requirements", expected that key)"},
  };
  for (const Case& row : cases) {
    const sim::Parsed<Catalogue> parsed = parse(row.readings, row.requirements);
    const auto* error = std::get_if<sim::InputError>(&parsed);
    ASSERT_NE(error, nullptr) << row.requirements;
    EXPECT_EQ(error->message(), row.message);
  }
}

TEST(CatalogueJson, names_a_misspelled_key_and_a_long_title) {
  const std::string requirements = requirements_file(requirement("A-1", kPromised));
  const auto misspelled = parse(readings_file(kReading), replaced(requirements, R"("title": "t")", R"("titel": "t")"));
  EXPECT_EQ(std::get<sim::InputError>(misspelled).pointer, "/requirements/0/titel");
  EXPECT_THAT(std::get<sim::InputError>(misspelled).expected, testing::EndsWith(R"((did you mean "title"?))"));
  const auto too_long =
      parse(readings_file(kReading), replaced(requirements, R"("t")", '"' + std::string(61, 't') + '"'));
  EXPECT_EQ(std::get<sim::InputError>(too_long).pointer, "/requirements/0/title");
  EXPECT_EQ(std::get<sim::InputError>(too_long).expected, "a non-empty string of at most 60 bytes");
}

TEST(ReadingsJson, overlay_the_defaults) {
  const Catalogue catalogue = small_catalogue();
  const auto read = [&](std::string_view text) { return parse_readings("p.json", text, catalogue); };
  EXPECT_EQ(std::get<Readings>(read("{}")), (Readings{{"over_cap", "reject"}}));
  EXPECT_EQ(std::get<Readings>(read(R"({"over_cap": "clamp"})")), (Readings{{"over_cap", "clamp"}}));
  EXPECT_EQ(std::get<sim::InputError>(read(R"({"over_cap": "honour"})")).message(),
            R"(p.json: at /over_cap: found "honour", expected one of "reject", "clamp")");
  EXPECT_EQ(std::get<sim::InputError>(read(R"({"overcap": "clamp"})")).message(),
            R"(p.json: at /overcap: found unknown key "overcap", expected "over_cap" (did you mean "over_cap"?))");
  EXPECT_EQ(readings_text({{"a", "x"}, {"b", "y"}}), R"({"a":"x","b":"y"})");
}

TEST(PromisesJson, overlay_the_defaults_and_come_back_from_their_text) {
  const Promises defaults = small_catalogue().promises;
  const auto read = [&](std::string_view text) {
    return sim::parse_json("p.json", text, [&](const sim::JsonReader& json) { return read_promises(json, defaults); });
  };
  EXPECT_EQ(std::get<Promises>(read("{}")), defaults);
  const auto other = std::get<Promises>(read(R"({"idle_window": "60s", "domains": {"c.test": "1.5s"}})"));
  EXPECT_EQ(other.idle_window, 60s);
  EXPECT_EQ(other.domains, (std::vector<DomainDelay>{{"c.test", 1500ms}}));
  EXPECT_EQ(other.session_cap, 5000);
  EXPECT_EQ(std::get<Promises>(read(promises_text(other))), other);
  EXPECT_EQ(promises_text(other),
            R"({"minute":"1m","window_minutes_min":1,"window_cap":"30m","session_id_length_max":32,)"
            R"("in_flight_timeout":"30s",)"
            R"("byte_overhead_max":0,"false_alarm_one_in":9,"idle_window":"1m","session_cap":5000,)"
            R"("accounts_without_sessions":["starter"],"default_delay":"12s",)"
            R"("domains":{"c.test":"1.5s"},"delay_ceiling":"15m","soft_limit":"2m","announced_delay_tolerance":"1s",)"
            R"("default_retries":5})");
  EXPECT_EQ(std::get<sim::InputError>(read(R"({"idle_windw": "60s"})")).pointer, "/idle_windw");
}

TEST(LoadCatalogue, names_the_file_that_is_missing) {
  const sim::Parsed<Catalogue> loaded = load_catalogue("/no/such/root");
  EXPECT_EQ(std::get<sim::InputError>(loaded).message(),
            "/no/such/root/conformance/requirements/readings.json: found nothing, expected a file that can be read");
  EXPECT_EQ(std::get<sim::InputError>(read_text_file("/")).message(),
            "/: found a folder, expected a file that can be read");
}

}  // namespace
}  // namespace pinproof::conformance
