#include "reports/html/html_testing.h"

#include <fmt/format.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "reports/result_fields.h"
#include "reports/result_testing.h"

namespace pinproof::reports {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TimelineMark mark(TimelineMarkKind kind, std::uint64_t id, std::uint32_t lane, std::int64_t seconds) {
  TimelineMark mark;
  mark.kind = kind;
  mark.id = id;
  mark.lane = lane;
  mark.from = mark.until = {seconds * kSecond, 2 * id + 1};
  mark.text = fmt::format("client → GET site.origin.test, number {}", id);
  return mark;
}

Timeline timeline_of(const std::string& scenario, std::uint64_t evidence) {
  Timeline timeline;
  timeline.scenario = scenario;
  timeline.clock = "virtual";
  timeline.lanes = {{TimelineLaneKind::kSession, "job1, us, 30 min", "client"},
                    {TimelineLaneKind::kCalls, "sessions API", "client"},
                    {TimelineLaneKind::kExit, "127.20.0.4", ""}};
  timeline.exits = {{"127.20.0.4", "res, us/ca/la"}, {"127.20.0.9", ""}};
  TimelineMark first = mark(TimelineMarkKind::kServed, 1, 0, 0);
  first.exit = 0;
  TimelineMark drop = mark(TimelineMarkKind::kDeed, 0, 2, 1);
  drop.word = "drop";
  TimelineMark cut = mark(TimelineMarkKind::kUnanswered, 2, 0, 2);
  cut.until.at = 32 * kSecond;
  TimelineMark moved = mark(TimelineMarkKind::kServed, evidence, 0, 40);
  moved.exit = 1;
  moved.exit_changed = moved.evidence = true;
  TimelineMark refused = mark(TimelineMarkKind::kRefused, evidence + 1, 0, 50);
  refused.status = 429;
  TimelineMark list = mark(TimelineMarkKind::kCall, evidence + 2, 1, 60);
  list.word = "list_sessions";
  TimelineMark bin = mark(TimelineMarkKind::kBin, 0, 0, 70);
  bin.count = 1200;
  bin.failed = 3;
  bin.text.clear();
  timeline.marks = {first, drop, cut, moved, refused, list, bin};
  timeline.bands = {{TimelineBandKind::kWindow, 0, {0, 3}, {90 * kSecond, 0}, true, "window, until 0:30:00.000"},
                    {TimelineBandKind::kDown, 2, {kSecond, 0}, {90 * kSecond, 0}, true, "exit 127.20.0.4: drop"},
                    {TimelineBandKind::kHeld, 0, cut.from, {12 * kSecond, 0}, false, "held for 10s"}};
  timeline.delays = {{1, 0, 0}, {2, 0, 12 * kSecond}};
  timeline.end = {90 * kSecond, 99};
  timeline.observations = 1205;
  timeline.binned = 1200;
  return timeline;
}

Matrix small_matrix() {
  Matrix matrix;
  matrix.version = "0.1.0";
  matrix.scenarios = 182;
  matrix.right = {{"helodata", "as it ships", "helodata", "", "passed", "", {}, {}, {}}};
  matrix.wrong = {{"silent",
                   "Says nothing of a re-pin",
                   "helodata",
                   "H-PIN-2",
                   "killed",
                   "",
                   {{"helodata/pin/x", "monitor", ""}},
                   {"H-PIN-4"},
                   {}},
                  {"late", "Announces late", "helodata", "H-PIN-4", "survived", "", {}, {}, {}}};
  return matrix;
}

/// Visits the strings of anything that Fields describes.
class Poisoner {
 public:
  explicit Poisoner(const std::string& poison) : poison_(poison) {}

  template <class T>
  void apply(T& value) {
    if constexpr (requires(Poisoner & self) { Fields<T>::visit(self, value); }) {
      Fields<T>::visit(*this, value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      value += poison_;
    }
  }
  template <class T>
  void apply(std::vector<T>& values) {
    for (T& value : values) apply(value);
  }
  template <class T>
  void apply(std::vector<std::pair<std::string, T>>&) {}

  void operator()(const char*, auto& value) { apply(value); }
  void operator()(const char*, auto& value, const auto&) { apply(value); }
  void one_of(const char*, std::string& word, const auto&) { apply(word); }
  void optional(const char*, auto& value) {
    if (value) apply(*value);
  }

 private:
  const std::string& poison_;
};

void poison_gateway(MatrixGateway& gateway, const std::string& poison) {
  for (std::string* const text : {&gateway.id, &gateway.title, &gateway.dialect, &gateway.outcome, &gateway.reason})
    *text += poison;
  gateway.scenarios.push_back({poison, poison, poison});
  gateway.harness_errors.push_back({poison, poison, poison});
  gateway.others.push_back(poison);
}

}  // namespace

Report full_report() {
  Report report;
  report.results = {with_failures()};
  report.comparison = compare(all_pass(), with_failures());
  const RequirementResult* broken = nullptr;
  for (const RequirementResult& row : report.results[0].requirements) {
    if (row.verdict == "fail" && !row.evidence.empty() && broken == nullptr) broken = &row;
  }
  const Evidence& evidence = broken->evidence.front();
  report.timelines = {timeline_of(evidence.scenario, evidence.observations.back())};
  report.matrix = small_matrix();
  return report;
}

Report huge_report(std::size_t verdicts, std::size_t timelines, std::size_t marks) {
  Report report;
  Result result = all_pass();
  const RequirementResult row = result.requirements.front();
  const ScenarioResult scenario = result.scenarios.front();
  result.requirements.clear();
  result.scenarios.clear();
  result.result = "fail";
  for (std::size_t i = 0; i < verdicts; ++i) {
    const bool failed = i % 10 == 0;
    result.requirements.push_back(row);
    result.requirements.back().id = fmt::format("H-HUGE-{}", i);
    result.scenarios.push_back(scenario);
    result.scenarios.back().id = fmt::format("helodata/huge/number-{}", i);
    result.scenarios.back().requirements = {result.requirements.back().id};
    if (!failed) continue;
    result.requirements.back().verdict = result.scenarios.back().verdict = "fail";
    result.requirements.back().evidence = {{result.scenarios.back().id,
                                            {1, 7},
                                            "expected another exit than that of `first`, saw the same",
                                            "",
                                            "pinproof replay"}};
    if (report.timelines.size() == timelines) continue;
    Timeline timeline = timeline_of(result.scenarios.back().id, 7);
    for (std::size_t k = 0; k < marks; ++k) {
      TimelineMark one = mark(TimelineMarkKind::kServed, 100 + k, 0, static_cast<std::int64_t>(k));
      one.exit = static_cast<std::int32_t>(k % 2);
      timeline.marks.push_back(std::move(one));
    }
    report.timelines.push_back(std::move(timeline));
  }
  report.results = {std::move(result)};
  return report;
}

void poison(Report& report, const std::string& poison) {
  Poisoner poisoner(poison);
  for (Result& result : report.results) poisoner.apply(result);
  if (report.comparison) {
    for (FactChange& fact : report.comparison->facts) fact.what = fact.before = fact.after = poison;
    for (VerdictChange& change : report.comparison->changes)
      change.kind = change.id = change.title = change.before = change.after = change.reason = poison;
  }
  for (Timeline& timeline : report.timelines) {
    timeline.scenario += poison;
    timeline.clock = poison;
    for (TimelineLane& lane : timeline.lanes) lane.name = lane.actor = poison;
    for (TimelineExit& exit : timeline.exits) exit.address = exit.place = poison;
    for (TimelineMark& one : timeline.marks) one.text = one.word = poison;
    for (TimelineBand& band : timeline.bands) band.text = poison;
  }
  if (!report.matrix) return;
  report.matrix->version += poison;
  for (MatrixGateway& gateway : report.matrix->right) poison_gateway(gateway, poison);
  for (MatrixGateway& gateway : report.matrix->wrong) poison_gateway(gateway, poison);
  report.matrix->idle_scenarios.push_back(poison);
  report.matrix->requirements_unkilled.push_back(poison);
}

}  // namespace pinproof::reports
