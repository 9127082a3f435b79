#include "conformance/run/ledger.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <system_error>

#include "conformance/catalogue/load.h"
#include "conformance/run/exit_code.h"
#include "conformance/scenario/schema_json.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kToday = "2026-11-22";

constexpr const char* kLedger = R"({
  "ledger": 1,
  "target": "haproxy",
  "reasons": {"table": "An entry of the table lives from its last use."},
  "scenarios": {
    "helodata/sticky/a": {"verdict": "fail", "why": "table"},
    "helodata/api/b": {"verdict": "not_supported", "why": "It has no API."}
  },
  "requirements": {"H-STK-2": {"verdict": "fail", "why": "table"}}
})";

Ledger ledger_of(const std::string& text) {
  auto parsed = parse_ledger("l.json", text);
  if (const auto* const error = std::get_if<sim::InputError>(&parsed)) ADD_FAILURE() << error->message();
  return std::holds_alternative<Ledger>(parsed) ? std::get<Ledger>(std::move(parsed)) : Ledger{};
}

std::string complaint_about(std::string from, const std::string& to) {
  std::string text = kLedger;
  text.replace(text.find(from), from.size(), to);
  const auto parsed = parse_ledger("l.json", text);
  const auto* const error = std::get_if<sim::InputError>(&parsed);
  return error == nullptr ? "" : error->message();
}

reports::Result result_of(const std::string& a, const std::string& b, const std::string& c, const std::string& row) {
  reports::Result result;
  for (const auto& [id, verdict] :
       {std::pair<std::string, std::string>{"helodata/sticky/a", a}, {"helodata/api/b", b}, {"helodata/pin/c", c}}) {
    if (verdict.empty()) continue;
    reports::ScenarioResult scenario;
    scenario.id = id;
    scenario.verdict = verdict;
    scenario.reason = "because";
    result.scenarios.push_back(scenario);
  }
  reports::RequirementResult requirement;
  requirement.id = "H-STK-2";
  requirement.level = "must";
  requirement.set = "core";
  requirement.verdict = row;
  requirement.reason = "as it is";
  result.requirements = {requirement};
  result.set = "core";
  result.target = {"HAProxy 2.6", "profile", "haproxy", "wall", 600.0, 0};
  return result;
}

std::string differences(const reports::Result& result, bool narrowed = false) {
  std::string text;
  for (const auto& one : compare(ledger_of(kLedger), result, narrowed, kToday).differences) {
    text += one.kind + " " + one.id + ": " + one.expected + " -> " + one.found + "\n";
  }
  return text;
}

TEST(Ledger, IsMetWhenEveryVerdictIsAsItSays) {
  EXPECT_EQ(differences(result_of("fail", "not_supported", "pass", "fail")), "");
}

TEST(Ledger, SeesWhatIsBetterAndWhatIsWorse) {
  EXPECT_EQ(differences(result_of("pass", "not_supported", "fail", "pass")),
            "scenario helodata/sticky/a: fail -> pass\n"
            "scenario helodata/pin/c: pass -> fail\n"
            "requirement H-STK-2: fail -> pass\n");
}

TEST(Ledger, FoldsNoVerdictIntoAnother) {
  EXPECT_EQ(differences(result_of("inconclusive", "not_testable", "not_exercised", "fail")),
            "scenario helodata/sticky/a: fail -> inconclusive\n"
            "scenario helodata/api/b: not_supported -> not_testable\n"
            "scenario helodata/pin/c: pass -> not_exercised\n");
}

TEST(Ledger, MissesWhatWasNotPlayedUnlessItWasLeftOut) {
  EXPECT_EQ(differences(result_of("fail", "", "pass", "pass")),
            "scenario helodata/api/b: not_supported -> not played\nrequirement H-STK-2: fail -> pass\n");
  EXPECT_EQ(differences(result_of("fail", "", "pass", "pass"), true), "");
  EXPECT_EQ(differences(result_of("fail", "", "fail", "pass"), true), "scenario helodata/pin/c: pass -> fail\n");
}

TEST(Ledger, SaysWhatWasExpectedAndWhy) {
  const auto outcome = compare(ledger_of(kLedger), result_of("pass", "not_supported", "fail", "fail"), false, kToday);
  ASSERT_EQ(outcome.differences.size(), 2U);
  EXPECT_EQ(outcome.file, "l.json");
  EXPECT_EQ(outcome.differences[0].why, "An entry of the table lives from its last use.");
  EXPECT_EQ(outcome.differences[1].why, "");
  EXPECT_EQ(outcome.differences[1].reason, "because");
}

TEST(Ledger, DecidesTheExitCodeAlone) {
  reports::Result result = result_of("fail", "not_supported", "pass", "fail");
  EXPECT_EQ(exit_code(result, false), 1);
  result.ledger = compare(ledger_of(kLedger), result, false, kToday);
  EXPECT_EQ(exit_code(result, false), 0) << "what is expected causes nothing";
  result.complete = false;
  EXPECT_EQ(exit_code(result, false), 3);
  result = result_of("pass", "not_supported", "pass", "pass");
  EXPECT_EQ(exit_code(result, false), 0);
  result.ledger = compare(ledger_of(kLedger), result, false, kToday);
  EXPECT_EQ(exit_code(result, false), 1) << "better than expected is not as expected";
  result.scenarios.clear();
  result.ledger = reports::LedgerOutcome{};
  EXPECT_EQ(exit_code(result, false), 3);
}

TEST(Ledger, SaysWhatIsKnown) {
  const auto outcome = compare(ledger_of(kLedger), result_of("fail", "not_supported", "fail", "pass"), false, kToday);
  ASSERT_EQ(outcome.known.size(), 2U);
  EXPECT_EQ(outcome.known[0].id, "helodata/sticky/a");
  EXPECT_EQ(outcome.known[0].verdict, "fail");
  EXPECT_EQ(outcome.known[0].why, "An entry of the table lives from its last use.");
  EXPECT_EQ(outcome.known[0].until, "");
  EXPECT_EQ(outcome.known[1].id, "helodata/api/b");
}

constexpr std::string_view kLedgerWithEnd = R"({"ledger": 1, "target": "haproxy", "requirements": {}, "scenarios": {
    "helodata/sticky/a": {"verdict": "fail", "why": "It is mended in 3.0.", "until": "2026-11-22"}}})";

reports::Result one_scenario(const std::string& verdict) {
  reports::Result result = result_of(verdict, "", "", "pass");
  result.scenarios.resize(1);
  return result;
}

TEST(Ledger, AnEntryExcusesUntilTheEndOfItsLastDay) {
  const Ledger ledger = ledger_of(std::string(kLedgerWithEnd));
  const auto outcome = compare(ledger, one_scenario("fail"), false, "2026-11-22");
  EXPECT_TRUE(outcome.differences.empty());
  ASSERT_EQ(outcome.known.size(), 1U);
  EXPECT_EQ(outcome.known[0].until, "2026-11-22");
}

TEST(Ledger, AnEntryWhoseLastDayIsOverIsADifferenceWhateverWasFound) {
  const Ledger ledger = ledger_of(std::string(kLedgerWithEnd));
  for (const std::string found : {"fail", "pass", "inconclusive"}) {
    reports::Result result = one_scenario(found);
    result.ledger = compare(ledger, result, false, "2026-11-23");
    ASSERT_EQ(result.ledger->differences.size(), 1U) << found;
    EXPECT_EQ(result.ledger->differences[0].expired, "2026-11-22");
    EXPECT_EQ(result.ledger->differences[0].expected, "pass");
    EXPECT_EQ(result.ledger->differences[0].found, found);
    EXPECT_TRUE(result.ledger->known.empty());
    EXPECT_EQ(exit_code(result, false), 1) << found;
  }
}

TEST(Ledger, ADayIsOneOfTheCalendar) {
  for (const std::string day : {"2026-02-29", "2026-13-01", "2026-1-1", "tomorrow", "2026-12-31T00:00:00Z", ""}) {
    std::string text(kLedgerWithEnd);
    text.replace(text.find("2026-11-22"), 10, day);
    const auto parsed = parse_ledger("l.json", text);
    ASSERT_TRUE(std::holds_alternative<sim::InputError>(parsed)) << day;
    EXPECT_EQ(std::get<sim::InputError>(parsed).message(), "l.json: at /scenarios/helodata~1sticky~1a/until: found \"" +
                                                               day +
                                                               "\", expected a day of the calendar: \"2026-12-31\"");
  }
  std::string leap(kLedgerWithEnd);
  leap.replace(leap.find("2026-11-22"), 10, "2028-02-29");
  EXPECT_EQ(ledger_of(leap).scenarios.at("helodata/sticky/a").until, "2028-02-29");
}

TEST(Ledger, WrittenFromARunIsMetByThatRun) {
  const reports::Result result = result_of("fail", "setup_fail", "pass", "inconclusive");
  const Ledger ledger = ledger_of(ledger_text(result));
  EXPECT_EQ(ledger.target, "haproxy");
  EXPECT_EQ(ledger.scenarios.size(), 2U);
  EXPECT_TRUE(compare(ledger, result, false, kToday).differences.empty());
}

TEST(Ledger, IsRefusedWithPlaceAndReason) {
  EXPECT_EQ(complaint_about("\"ledger\": 1", "\"ledger\": 2"), "l.json: at /ledger: found 2, expected 1");
  EXPECT_EQ(complaint_about("\"verdict\": \"fail\"", "\"verdict\": \"failed\"").substr(0, 55),
            "l.json: at /scenarios/helodata~1sticky~1a/verdict: foun");
  EXPECT_EQ(
      complaint_about("\"why\": \"table\"", "\"why\": \"tabel\""),
      "l.json: at /scenarios/helodata~1sticky~1a/why: found \"tabel\", expected a sentence, or the name of one under "
      "\"reasons\"");
  EXPECT_NE(complaint_about(", \"why\": \"It has no API.\"", ""), "");
  EXPECT_NE(complaint_about("\"target\": \"haproxy\",", ""), "");
}

TEST(Ledger, EveryShippedOneLoadsAndFitsTheSchema) {
  const std::string root = PINPROOF_SOURCE_DIR;
  const JsonSchema schema(std::get<std::string>(read_text_file(root + "/scenarios/schema/ledger.schema.json")));
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(root + "/scenarios/profiles/ledgers", none)) {
    const std::string text = std::get<std::string>(read_text_file(entry.path()));
    EXPECT_EQ(ledger_of(text).target, entry.path().stem().string()) << entry.path();
    EXPECT_EQ(schema.complaint(text), std::nullopt) << entry.path();
  }
}

TEST(Ledger, SchemaAcceptsWhatTheReaderReads) {
  const auto text = read_text_file(std::string(PINPROOF_SOURCE_DIR) + "/scenarios/schema/ledger.schema.json");
  const JsonSchema schema(std::get<std::string>(text));
  EXPECT_EQ(schema.complaint(kLedger), std::nullopt);
  EXPECT_EQ(schema.complaint(kLedgerWithEnd), std::nullopt);
  EXPECT_EQ(schema.complaint(ledger_text(result_of("fail", "setup_fail", "pass", "inconclusive"))), std::nullopt);
  EXPECT_NE(schema.complaint(R"({"ledger": 1, "target": "t", "scenarios": {"a": {"verdict": "failed", "why": "w"}},)"
                             R"( "requirements": {}})"),
            std::nullopt);
}

}  // namespace
}  // namespace pinproof::conformance
