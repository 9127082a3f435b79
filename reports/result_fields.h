// Which fields each structure of a result has on disk, by what key and in which order: listed once, for writer and reader alike, so that the
// two cannot come apart. `archive(key, member)` is called for each; what it does is result_json.cc's, which alone includes this.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "reports/result.h"

namespace pinproof::reports {

inline constexpr std::array<std::string_view, 8> kVerdictNames = {
    "pass", "fail", "inconclusive", "not_exercised", "not_testable", "not_supported", "setup_fail", "harness_error"};
inline constexpr std::array<std::string_view, 4> kResultNames = {"pass", "fail", "partial", "inconclusive"};
inline constexpr std::array<std::string_view, 2> kSetNames = {"core", "extended"};

/// What a number may be, so that sums and units of it stay numbers: nobody measured what is outside.
template <class T>
struct Range {
  T min;
  T max;
};

inline constexpr Range<double> kSecondsOfARun{0, 31'622'400};  // 366 days
inline constexpr Range<double> kClockScales{0.000001, 1'000'000};
inline constexpr Range<std::uint64_t> kMicroseconds{0, 100'000'000ULL * 31'622'400};  // a hundred years
inline constexpr Range<std::uint64_t> kCounts{0, 1'000'000'000'000};

template <class T>
struct Fields;

template <>
struct Fields<ExchangeLine> {
  static void visit(auto& archive, auto& line) {
    archive("observation", line.observation);
    archive("at", line.at);
    archive("text", line.text);
    archive("evidence", line.evidence);
  }
};

template <>
struct Fields<Evidence> {
  static void visit(auto& archive, auto& evidence) {
    archive("scenario", evidence.scenario);
    archive("observations", evidence.observations);
    archive("reason", evidence.reason);
    archive("step", evidence.step);
    archive("replay", evidence.replay);
  }
};

template <>
struct Fields<RequirementResult> {
  static void visit(auto& archive, auto& requirement) {
    archive("id", requirement.id);
    archive("level", requirement.level);
    archive.one_of("set", requirement.set, kSetNames);
    archive("dialect", requirement.dialect);
    archive("title", requirement.title);
    archive("statement", requirement.statement);
    archive("source", requirement.source);
    archive.one_of("verdict", requirement.verdict, kVerdictNames);
    archive("reading", requirement.reading);
    archive("reason", requirement.reason);
    archive("provable", requirement.provable);
    archive("evidence", requirement.evidence);
  }
};

template <>
struct Fields<Timing> {
  static void visit(auto& archive, auto& timing) {
    archive("answers", timing.answers, kCounts);
    archive("median_us", timing.median_us, kMicroseconds);
    archive("p95_us", timing.p95_us, kMicroseconds);
    archive("max_us", timing.max_us, kMicroseconds);
    archive("span_us", timing.span_us, kMicroseconds);
  }
};

template <>
struct Fields<ScenarioResult> {
  static void visit(auto& archive, auto& scenario) {
    archive("id", scenario.id);
    archive("title", scenario.title);
    archive("dialect", scenario.dialect);
    archive("file", scenario.file);
    archive.one_of("verdict", scenario.verdict, kVerdictNames);
    archive("reason", scenario.reason);
    archive("requirements", scenario.requirements);
    archive("seed", scenario.seed);
    archive("replay", scenario.replay);
    archive("history", scenario.history);
    archive("timing", scenario.timing);
    archive("exchanges", scenario.exchanges);
  }
};

template <>
struct Fields<Target> {
  static void visit(auto& archive, auto& target) {
    archive("name", target.name);
    archive("kind", target.kind);
    archive("rules", target.rules);
    archive("clock", target.clock);
    archive("clock_scale", target.clock_scale, kClockScales);
    archive("tolerance_us", target.tolerance_us, kMicroseconds);
  }
};

template <>
struct Fields<RunHeader> {
  static void visit(auto& archive, auto& header) {
    archive("date", header.date);
    archive("wall_seconds", header.wall_seconds, kSecondsOfARun);
  }
};

template <>
struct Fields<Implementation> {
  static void visit(auto& archive, auto& implementation) {
    archive("name", implementation.name);
    archive("version", implementation.version);
    archive("contact", implementation.contact);
    archive("url", implementation.url);
  }
};

template <>
struct Fields<CapabilityResult> {
  static void visit(auto& archive, auto& capability) {
    archive("dialect", capability.dialect);
    archive("name", capability.name);
    archive("present", capability.present);
  }
};

template <>
struct Fields<ReadingResult> {
  static void visit(auto& archive, auto& reading) {
    archive("dialect", reading.dialect);
    archive("name", reading.name);
    archive("value", reading.value);
    archive("means", reading.means);
    archive("differs", reading.differs);
  }
};

template <>
struct Fields<ProfileResult> {
  static void visit(auto& archive, auto& profile) {
    archive("dialect", profile.dialect);
    archive.one_of("set", profile.set, kSetNames);
    archive.one_of("result", profile.result, kResultNames);
    archive("statistics", profile.statistics, kCounts);
  }
};

template <>
struct Fields<HistoryFile> {
  static void visit(auto& archive, auto& history) {
    archive("file", history.file);
    archive("sha256", history.sha256);
    archive("scenario", history.scenario);
  }
};

template <>
struct Fields<LedgerDifference> {
  static void visit(auto& archive, auto& difference) {
    archive("kind", difference.kind);
    archive("id", difference.id);
    archive("expected", difference.expected);
    archive("why", difference.why);
    archive("expired", difference.expired);
    archive("found", difference.found);
    archive("reason", difference.reason);
  }
};

template <>
struct Fields<LedgerKnown> {
  static void visit(auto& archive, auto& known) {
    archive("kind", known.kind);
    archive("id", known.id);
    archive.one_of("verdict", known.verdict, kVerdictNames);
    archive("why", known.why);
    archive("until", known.until);
  }
};

template <>
struct Fields<LedgerOutcome> {
  static void visit(auto& archive, auto& outcome) {
    archive("file", outcome.file);
    archive("narrowed", outcome.narrowed);
    archive("differences", outcome.differences);
    archive("known", outcome.known);
  }
};

template <>
struct Fields<Result> {
  static void visit(auto& archive, auto& result) {
    int format = kResultVersion;
    archive("format", format);
    archive("volatile", result.header);
    archive("program", result.program);
    archive("version", result.version);
    archive.one_of("result", result.result, kResultNames);
    archive("complete", result.complete);
    archive("seed", result.seed);
    archive.one_of("set", result.set, kSetNames);
    archive("how_to_reproduce", result.reproduce);
    archive("implementation", result.implementation);
    archive("target", result.target);
    archive("capabilities", result.capabilities);
    archive("readings", result.readings);
    archive("statistics", result.statistics, kCounts);
    archive("profiles", result.profiles);
    archive("requirements", result.requirements);
    archive("scenarios", result.scenarios);
    archive("histories", result.histories);
    archive.optional("ledger", result.ledger);
  }
};

}  // namespace pinproof::reports
