#include "conformance/history/header_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "conformance/catalogue/load.h"
#include "conformance/history/history_testing.h"
#include "conformance/history/history_writer.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

const Catalogue& shipped() {
  static const auto catalogue = std::get<Catalogue>(load_catalogue(PINPROOF_SOURCE_DIR));
  return catalogue;
}

/// What a person would write at least.
constexpr const char* kLeast =
    R"({"record":"header","version":1,"requirements":["H-STK-1"],"dialect":"helodata","clock":"wall","tolerance":0,)"
    R"("readings":{"over_cap":"clamp"},"promised":{"window_cap":"10m"},"vocabulary":{},"capabilities":["time"]})";

std::string with(const std::string& what, const std::string& replacement) {
  std::string line = kLeast;
  EXPECT_NE(line.find(what), std::string::npos) << what;
  return line.replace(line.find(what), what.size(), replacement);
}

std::string message_of(const std::string& line, const Catalogue* catalogue) {
  const auto header = read_header_line("h.jsonl:1", line, catalogue);
  const auto* const error = std::get_if<sim::InputError>(&header);
  return error == nullptr ? "no error" : error->message();
}

TEST(HeaderReader, WhatIsLeftOutIsAsTheCatalogueHasIt) {
  const auto parsed = read_header_line("h.jsonl:1", kLeast, &shipped());
  const auto& header = std::get<HistoryHeader>(parsed);
  EXPECT_EQ(header.readings.at("over_cap"), "clamp");
  EXPECT_EQ(header.readings.at("repinned_header"), "once");
  EXPECT_EQ(header.promised.window_cap, 10min);
  EXPECT_EQ(header.promised.minute, 60s);
  EXPECT_EQ(header.promised.default_delay, 12s);
}

TEST(HeaderReader, WordsThatTheCatalogueDoesNotHaveAreRefused) {
  struct Case {
    const char* what;
    const char* with;
    const char* message;
  };
  const Case cases[] = {
      {R"(["H-STK-1"])", R"(["H-STK-1","H-STKX-1"])",
       R"(at /requirements/1: found "H-STKX-1", expected the id of a requirement (did you mean "H-STK-1"?))"},
      {R"(["H-STK-1"])", R"(["stickiness"])",
       R"(at /requirements/0: found "stickiness", expected the id of a requirement)"},
      {R"("dialect":"helodata")", R"("dialect":"hellodata")",
       R"(at /dialect: found "hellodata", expected one of "helodata", "crawlera" (did you mean "helodata"?))"},
      {R"("over_cap":"clamp")", R"("over_cap":"honour")",
       R"(at /readings/over_cap: found "honour", expected one of "reject", "clamp")"},
      {R"("over_cap":"clamp")", R"("over_cap":5)",
       R"(at /readings/over_cap: found 5, expected one of "reject", "clamp")"},
      {R"("window_cap":"10m")", R"("window_cap":10)",
       R"(at /promised/window_cap: found 10, expected a duration above "0s", such as "29m59s")"},
      {R"(["time"])", R"(["time","tme"])",
       R"(at /capabilities/1: found "tme", expected one of time, drop, exits, attempts, api, accounts, wire, tls)"},
      {R"("version":1)", R"("version":2)", "at /version: found 2, expected version 1"},
      {R"("clock":"wall")", R"("clock":"sundial")",
       R"(at /clock: found "sundial", expected one of "virtual", "controlled", "wall")"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(message_of(with(one.what, one.with), &shipped()), "h.jsonl:1: " + std::string(one.message));
  }
}

TEST(HeaderReader, AReadingThatNobodyKnowsIsRefusedWithThoseThereAre) {
  const std::string message = message_of(with("over_cap", "over_cup"), &shipped());
  EXPECT_TRUE(message.starts_with("h.jsonl:1: at /readings/over_cup: found unknown key \"over_cup\", expected one of"))
      << message;
  EXPECT_TRUE(message.ends_with("(did you mean \"over_cap\"?)")) << message;
}

TEST(HeaderReader, WithoutACatalogueWordsAreTakenAsTheyAre) {
  EXPECT_EQ(message_of(with("H-STK-1", "X-1"), nullptr), "no error");
  EXPECT_EQ(message_of(with("over_cap", "over_cup"), nullptr), "no error");
  EXPECT_EQ(message_of(with(R"("dialect":"helodata")", R"("dialect":"other")"), nullptr), "no error");
}

TEST(HeaderReader, ReadsBackWhatIsWrittenWithEither) {
  HistoryHeader header = full_header();
  header.readings = shipped().default_readings();
  const std::string line = header_line(header);
  for (const Catalogue* catalogue : {static_cast<const Catalogue*>(nullptr), &shipped()}) {
    EXPECT_EQ(header_line(std::get<HistoryHeader>(read_header_line("h", line, catalogue))), line);
  }
}

}  // namespace
}  // namespace pinproof::conformance
