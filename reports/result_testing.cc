#include "reports/result_testing.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace pinproof::reports {
namespace {

constexpr std::array<std::string_view, 8> kWords = {"pass",         "fail",          "inconclusive", "not_exercised",
                                                    "not_testable", "not_supported", "setup_fail",   "harness_error"};

Statistics statistics_of(const auto& rows) {
  Statistics statistics;
  for (const std::string_view word : kWords) {
    const auto times = std::count_if(rows.begin(), rows.end(), [word](const auto& row) { return row.verdict == word; });
    statistics.emplace_back(word, static_cast<std::uint64_t>(times));
  }
  return statistics;
}

std::string word_of(const std::vector<RequirementResult>& rows, bool complete) {
  std::string word = complete ? "pass" : "partial";
  for (const RequirementResult& row : rows) {
    if (row.verdict == "fail" && row.level != "best-effort") return "fail";
    if (row.verdict == "inconclusive") word = "inconclusive";
    if (row.verdict != "pass" && row.verdict != "fail" && word == "pass") word = "partial";
  }
  return word;
}

/// What verdicts come to, as a run says it.
void count(Result& result) {
  result.statistics = statistics_of(result.scenarios);
  result.profiles.clear();
  for (const std::string dialect : {"helodata", "crawlera"}) {
    for (const std::string set : {"core", "extended"}) {
      std::vector<RequirementResult> rows;
      for (const RequirementResult& row : result.requirements) {
        if (row.set == set && (row.dialect == dialect || row.dialect == "both")) rows.push_back(row);
      }
      if (!rows.empty()) result.profiles.push_back({dialect, set, word_of(rows, result.complete), statistics_of(rows)});
    }
  }
}

ScenarioResult scenario(std::string id, std::string title, std::string verdict, std::vector<std::string> requirements) {
  ScenarioResult result;
  result.dialect = id.substr(0, id.find('/'));
  result.file = "scenarios/" + id + ".json";
  result.replay = "tools/pinproof replay scenarios/" + id + ".json --seed 7";
  result.id = std::move(id);
  result.title = std::move(title);
  result.verdict = std::move(verdict);
  result.timing = {12, 50'000, 61'000, 80'000, 1'800'000'000};
  result.requirements = std::move(requirements);
  result.seed = 7;
  return result;
}

RequirementResult requirement(std::string id, std::string level, std::string dialect, std::string title) {
  RequirementResult result;
  result.id = std::move(id);
  result.level = std::move(level);
  result.set = result.level == "field" ? "extended" : "core";
  result.dialect = std::move(dialect);
  result.title = std::move(title);
  result.statement = "The gateway promises: " + result.title + ".";
  result.source = "derived, tests of renderers";
  result.verdict = "pass";
  return result;
}

RequirementResult& find(Result& result, std::string_view id) {
  return *std::find_if(result.requirements.begin(), result.requirements.end(),
                       [id](const RequirementResult& row) { return row.id == id; });
}

}  // namespace

Result all_pass() {
  Result result;
  result.version = "0.1.0";
  result.result = "pass";
  result.seed = 7;
  result.set = "core";
  result.target = {"reference gateway", "sim", "crawlera, helodata", "virtual", 1.0, 0};
  result.requirements = {
      requirement("H-STK-1", "must", "helodata", "same exit within the window"),
      requirement("H-STK-6", "must", "helodata", "a residential window ends within 30 minutes"),
      requirement("H-PIN-10", "best-effort", "helodata", "no re-pin without a drop"),
      requirement("C-SES-7", "must", "crawlera", "a session expires 30 minutes after its last request"),
      requirement("C-EXT-1", "field", "crawlera", "version and session headers as documented"),
      requirement("G-1", "derived", "both", "requests are forwarded unchanged"),
  };
  result.scenarios = {
      scenario("helodata/sticky/holds-to-the-end", "a pin holds until the window ends", "pass", {"H-STK-1"}),
      scenario("helodata/sticky/window-is-capped", "no window outlives thirty minutes", "pass", {"H-STK-6"}),
      scenario("crawlera/sessions/idle-expiry", "thirty idle minutes end a session", "pass", {"C-SES-7", "C-EXT-1"}),
  };
  result.implementation = {"reference gateway", "0.1.0", "", ""};
  result.reproduce = "pinproof run --seed 7";
  for (const std::string dialect : {"helodata", "crawlera"}) {
    for (const std::string name : {"time", "drop", "exits", "attempts", "api", "accounts"})
      result.capabilities.push_back({dialect, name, true});
    for (const std::string name : {"wire", "tls"}) result.capabilities.push_back({dialect, name, false});
  }
  result.readings = {
      {"helodata", "over_cap", "reject", "a window over the cap is refused", false},
      {"crawlera", "lost_exit", "ends", "the session ends with its exit", false},
  };
  result.header = {"2026-11-22T11:30:00Z", 0.214};
  count(result);
  return result;
}

Result with_failures() {
  Result result = all_pass();
  result.result = "fail";
  result.readings[0].value = "clamp";
  result.readings[0].means = "the window is cut to the cap";
  result.readings[0].differs = true;

  ScenarioResult& capped = result.scenarios[1];
  capped.verdict = "fail";
  capped.reason = "H-STK-6 failed";
  capped.exchanges = {
      {1, "0:00:00.000", "client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4", true},
      {2, "0:10:00.000", "client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4", false},
      {3, "0:20:00.000", "client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4", false},
      {4, "0:29:59.000", "client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4", false},
      {5, "0:30:30.000", "client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.4", true},
      {6, "0:31:00.000", "client → GET site as {account}-session-job-sesstime-31 … 200 via 127.20.0.9", false},
  };
  RequirementResult& cap = find(result, "H-STK-6");
  cap.verdict = "fail";
  cap.reading = "over_cap=clamp";
  cap.reason = "still pinned to 127.20.0.4 30m30s after the first request; at most 30m were promised";
  cap.evidence = {{capped.id, {1, 5}, cap.reason, "", capped.replay}};

  ScenarioResult moved = scenario("helodata/pins/quiet-hour", "an hour without drops", "pass", {"H-PIN-10"});
  moved.exchanges = {{9, "0:12:00.000", "client → CONNECT site … 200 via 127.20.0.2, repinned", true}};
  RequirementResult& rate = find(result, "H-PIN-10");
  rate.verdict = "fail";
  rate.reason = "1 re-pin without a drop in 60 requests";
  rate.evidence = {{moved.id, {9}, "re-pinned with 127.20.0.1 still up", "", moved.replay}};
  result.scenarios.push_back(moved);

  ScenarioResult own = scenario("crawlera/errors/bad-header", "a malformed control header is refused", "fail", {"G-1"});
  own.reason = "expected refused, got 200";
  own.exchanges = {{1, "0:00:00.000", "client → GET site … 200 via 127.20.0.3", true}};
  result.scenarios.push_back(own);
  count(result);
  return result;
}

Result with_inconclusive() {
  Result result = all_pass();
  result.result = "inconclusive";
  ScenarioResult& idle = result.scenarios[2];
  idle.verdict = "inconclusive";
  idle.reason = "C-SES-7 is inconclusive";
  idle.exchanges = {{4, "0:29:59.400", "client → GET site in session s1 … 400 bad_session_id", true}};
  RequirementResult& expiry = find(result, "C-SES-7");
  expiry.verdict = "inconclusive";
  expiry.reason = "the request may have arrived before or after the 30 minutes were over: needs 1.2 s more room";
  expiry.evidence = {{idle.id, {4}, expiry.reason, "/steps/3/expect/0", idle.replay}};
  count(result);
  return result;
}

Result partial() {
  Result result = all_pass();
  result.result = "partial";
  find(result, "H-STK-1").verdict = "not_testable";
  find(result, "H-STK-1").reason = "needs exits: this target does not show which exit served a request";
  find(result, "C-EXT-1").verdict = "not_exercised";
  find(result, "C-EXT-1").reason = "no scenario of this run speaks of it";
  result.scenarios[0].verdict = "not_testable";
  result.scenarios[0].reason = "needs exits";
  count(result);
  return result;
}

Result interrupted() {
  Result result = all_pass();
  result.complete = false;
  result.result = "partial";
  result.scenarios.pop_back();
  find(result, "C-SES-7").verdict = "not_exercised";
  find(result, "C-SES-7").reason = "interrupted";
  count(result);
  return result;
}

Result only_setup_fail() {
  Result result = all_pass();
  result.result = "partial";
  for (RequirementResult& row : result.requirements) row.verdict = "not_exercised";
  for (ScenarioResult& one : result.scenarios) {
    one.verdict = "setup_fail";
    one.reason = "/steps/0: expected served, got 503";
    one.exchanges = {{1, "0:00:00.000", "client → GET site … 503", true}};
  }
  result.scenarios[2].verdict = "harness_error";
  result.scenarios[2].reason = "events_max reached: 50000000 events";
  count(result);
  return result;
}

Result with_ledger() {
  Result result = with_failures();
  result.ledger = LedgerOutcome{
      "scenarios/profiles/ledgers/acme.json",
      false,
      {{"scenario", "crawlera/errors/bad-header", "pass", "", "", "fail", "expected refused, got 200"},
       {"scenario", "helodata/sticky/holds-to-the-end", "fail", "It loses sessions at night.", "", "pass", ""},
       {"requirement", "H-PIN-10", "pass", "Its pool is small.", "2026-10-31", "fail", "1 re-pin without a drop"}},
      {{"scenario", "helodata/sticky/window-is-capped", "fail", "Its cap is an hour.", "2026-12-31"},
       {"requirement", "H-STK-6", "fail", "Its cap is an hour.", ""}}};
  return result;
}

Result with_histories() {
  Result result = with_failures();
  result.reproduce = "pinproof run --target acme.json --seed 7";
  result.implementation = {"Acme Gateway", "4.2.0", "gateway@acme.test", "https://acme.test/gateway"};
  result.target = {"Acme, its staging", "profile", "acme", "wall", 60.0, 250'000};
  for (ScenarioResult& one : result.scenarios) {
    one.history = "histories/" + one.id + ".jsonl";
    std::replace(one.history.begin() + 10, one.history.end(), '/', '.');
    result.histories.push_back({one.history, std::string(64, '0'), one.id});
  }
  return result;
}

Result ten_thousand_failures() {
  Result result = with_failures();
  const RequirementResult broken = result.requirements[1];
  const ScenarioResult failed = result.scenarios[1];
  for (int i = 0; i < 10'000; ++i) {
    const std::string number = std::to_string(i);
    result.requirements.push_back(broken);
    result.requirements.back().id = "X-" + number;
    result.requirements.back().evidence[0].scenario = "helodata/many/" + number;
    result.scenarios.push_back(failed);
    result.scenarios.back().id = "helodata/many/" + number;
    result.scenarios.push_back(failed);
    result.scenarios.back().id = "helodata/alone/" + number;
    result.ledger.emplace();
  }
  result.ledger->differences.assign(10'000, {"scenario", "helodata/many/1", "pass", "", "", "fail", broken.reason});
  result.ledger->known.assign(10'000, {"scenario", "helodata/many/1", "fail", broken.reason, ""});
  return result;
}

Result hostile() {
  Result result = with_failures();
  const std::string attack =
      "\x1b[2J\x1b[1;1H\x1b[32mall fine\x1b[0m\r\n\x07"
      "\xe2\x80\xae"
      "gnp\xff";
  for (RequirementResult& row : result.requirements) {
    row.reason += attack;
    row.reading += attack;
    row.title += attack;
    for (Evidence& evidence : row.evidence) evidence.reason += attack;
  }
  for (ScenarioResult& one : result.scenarios) {
    one.title += attack;
    one.reason += attack;
    one.replay += attack;
    for (ExchangeLine& line : one.exchanges) line.text += attack + std::string(5000, 'A');
  }
  result.target.name += attack;
  result.reproduce += attack;
  result.readings.push_back({"helodata", attack, attack, attack, true});
  result.implementation = {attack, attack, attack, "https://gateway.test/" + attack};
  return result;
}

}  // namespace pinproof::reports
