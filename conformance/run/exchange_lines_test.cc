#include "conformance/run/exchange_lines.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

Observation observation(std::uint64_t id, const std::string& label) {
  Observation seen;
  seen.id = id;
  seen.label = label;
  seen.actor = "alice";
  seen.method = "GET";
  seen.host = "site.origin.test";
  seen.user_name = "helo_{account}-type-res-region-us-session-job1-sesstime-30";
  seen.sent_at = seen.answered_at = seen.ended_at = sim::kStart + 29min + 59s;
  seen.status = 200;
  seen.exit_by_origin = "127.20.0.4";
  return seen;
}

HistoryHeader header() {
  HistoryHeader header;
  header.vocabulary.repinned = "X-Helodata-Session-Repinned";
  header.vocabulary.error = "X-Crawlera-Error";
  header.vocabulary.session = "X-Crawlera-Session";
  header.vocabulary.next_request_in = "X-Crawlera-Next-Request-In";
  return header;
}

std::vector<std::string> lines_of(std::vector<Record> records) {
  std::vector<std::string> lines;
  for (const auto& line : exchange_lines({header(), std::move(records), true}, {}))
    lines.push_back(line.at + " " + line.text);
  return lines;
}

TEST(ExchangeLines, AnExchangeIsOneLine) {
  Observation seen = observation(1, "again");
  seen.headers.add("X-Helodata-Session-Repinned", "true");
  EXPECT_EQ(lines_of({seen}),
            std::vector<std::string>{
                "0:29:59.000 again: alice → GET site.origin.test as …-type-res-region-us-session-job1-sesstime-30 "
                "… 200, via 127.20.0.4, re-pinned"});
}

TEST(ExchangeLines, DelaysErrorsAndSessionsAreSaid) {
  Observation seen = observation(1, "a");
  seen.user_name.clear();
  seen.session = "create";
  seen.headers.add("X-Crawlera-Session", "77");
  seen.headers.add("X-Crawlera-Next-Request-In", "120");
  seen.answered_at = seen.sent_at + 120s;
  Observation bad = observation(2, "b");
  bad.user_name.clear();
  bad.session = "78";
  bad.status = 400;
  bad.exit_by_origin.clear();
  bad.headers.add("X-Crawlera-Error", "bad_session_id");
  EXPECT_EQ(lines_of({seen, bad}),
            (std::vector<std::string>{
                "0:29:59.000 a: alice → GET site.origin.test in session create … 200, via 127.20.0.4, session 77, "
                "next request in 120 s, after 2m",
                "0:29:59.000 b: alice → GET site.origin.test in session 78 … 400, bad_session_id"}));
}

TEST(ExchangeLines, WhatHappenedBesideIsSaidOnce) {
  const auto drop = [](const std::string& exit) {
    return ExitActed{exit, sim::ExitAction::kDrop, 30s, std::nullopt, {}, sim::kStart};
  };
  ApiCall call;
  call.id = 3;
  call.actor = "alice";
  call.label = "list";
  call.status = 200;
  call.listed = {{"1", "127.20.0.4", {}}};
  EXPECT_EQ(lines_of({drop("127.20.0.1"), drop("127.20.0.2"), drop("127.20.0.3"), call,
                      Trouble{Verdict::kSetupFail, "", "no session id came", sim::kStart}}),
            (std::vector<std::string>{"0:00:00.000 exit 127.20.0.1 and 2 more: drop for 30s",
                                      "0:00:00.000 list: alice → list_sessions … 200, 1 session",
                                      "0:00:00.000 the play stopped: no session id came"}));
}

TEST(ExchangeLines, OfManyTheEvidenceIsShownWithWhatCameBefore) {
  std::vector<Record> records;
  for (std::uint64_t id = 1; id <= 1000; ++id) records.emplace_back(observation(id, ""));
  const auto lines = exchange_lines({header(), records, true}, {500});
  std::size_t shown = 0;
  bool evidence = false;
  for (const auto& line : lines) {
    if (line.observation != 0) ++shown;
    if (line.evidence) {
      evidence = true;
      EXPECT_EQ(line.observation, 500U);
    }
  }
  EXPECT_TRUE(evidence);
  EXPECT_EQ(shown, kExchangesMax);
  EXPECT_EQ(lines.back().text, "… 500 more");
}

}  // namespace
}  // namespace pinproof::conformance
