#include "reports/ctrf_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "reports/case_list.h"
#include "reports/date.h"
#include "reports/escape.h"

namespace pinproof::reports {
namespace {

using Json = nlohmann::ordered_json;

/// The version of the specification whose schema the tests hold this to.
constexpr std::string_view kSpecVersion = "0.0.0";

std::string_view status_of(const Case& one) {
  switch (one.outcome) {
    case Outcome::kPassed:
      return "passed";
    case Outcome::kFailed:
    case Outcome::kError:
      return "failed";
    case Outcome::kKnown:
      return "other";
    case Outcome::kSkipped:
      break;
  }
  // It was played, and tells nothing: that is no skip.
  return one.verdict == "inconclusive" ? "other" : "skipped";
}

Json test(const Suite& suite, const Case& one) {
  Json json{{"name", one.name}, {"status", status_of(one)}, {"duration", 0}, {"suite", Json::array({suite.name})}};
  if (!one.reason.empty()) json["message"] = one.reason;
  if (one.outcome != Outcome::kPassed && !one.detail.empty()) {
    std::string trace;
    for (const std::string& line : one.detail) trace += line + "\n";
    json["trace"] = std::move(trace);
  }
  json["rawStatus"] = one.verdict;
  if (!one.file.empty()) json["filePath"] = one.file;
  return json;
}

Json environment(const Result& result) {
  const std::string& name = result.implementation.name.empty() ? result.target.name : result.implementation.name;
  Json json{{"appName", escape_tags(name)}};
  if (!result.implementation.version.empty()) json["appVersion"] = escape_tags(result.implementation.version);
  json["testEnvironment"] = escape_tags(result.target.kind);
  json["extra"] = {{"target", escape_tags(result.target.name)}, {"rules", escape_tags(result.target.rules)},
                   {"clock", escape_tags(result.target.clock)}, {"seed", result.seed},
                   {"result", escape_tags(result.result)},      {"how_to_reproduce", escape_tags(result.reproduce)}};
  return json;
}

}  // namespace

std::string render_ctrf(const Report& report) {
  const CaseList list = case_list(report);
  Json tests = Json::array();
  Json summary{{"tests", list.size()}, {"passed", 0}, {"failed", 0}, {"skipped", 0}, {"pending", 0}, {"other", 0}};
  const auto add = [&summary](std::string_view status, std::uint64_t count) {
    Json& times = summary[std::string(status)];
    times = times.get<std::uint64_t>() + count;
  };
  for (const Suite& suite : list.suites) {
    for (const Case& one : suite.cases) {
      tests.push_back(test(suite, one));
      add(status_of(one), 1);
    }
    for (std::size_t i = 0; i < suite.left_out.size(); ++i)
      add(status_of({"", "", static_cast<Outcome>(i), "", {}, ""}), suite.left_out[i]);
  }
  std::int64_t start = 0;
  double seconds = 0;
  for (const Result& result : report.results) seconds += result.header.wall_seconds;
  if (!report.results.empty()) start = unix_milliseconds(report.results.front().header.date).value_or(0);
  summary["suites"] = list.suites.size();
  summary["start"] = start;
  summary["stop"] = start + static_cast<std::int64_t>(seconds * 1000);
  if (!list.notes.empty()) summary["extra"] = {{"notes", list.notes}};
  Json tool{{"name", "pinproof"}};
  if (!report.results.empty()) tool["version"] = escape_tags(report.results.front().version);
  Json results{{"tool", std::move(tool)}, {"summary", std::move(summary)}, {"tests", std::move(tests)}};
  if (report.results.size() == 1) results["environment"] = environment(report.results.front());
  const Json json{{"reportFormat", "CTRF"},
                  {"specVersion", kSpecVersion},
                  {"generatedBy", "pinproof"},
                  {"results", std::move(results)}};
  return json.dump(2) + "\n";
}

}  // namespace pinproof::reports
