// From a history to the timeline that a report draws. A sink, so that a history of any length is read once and never kept.
//
//   TimelineBuilder builder(evidence);
//   read_history(file, in, builder, &catalogue);
//   report.timelines.push_back(builder.take());
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/history/history_sink.h"
#include "conformance/judge/facts/asked.h"
#include "conformance/run/timeline_marks.h"
#include "conformance/run/timeline_windows.h"
#include "reports/timeline.h"

namespace pinproof::conformance {

class TimelineBuilder final : public HistorySink {
 public:
  /// `evidence`: ids of the observations that prove a verdict; these keep a mark of their own, however long the history is.
  explicit TimelineBuilder(std::set<std::uint64_t> evidence = {}) : evidence_(std::move(evidence)) {}

  void header(const HistoryHeader& header) override;
  void record(const Record& record) override;

  /// Once, at the end. Of a history without a header, nothing but its scenario's name is missing.
  reports::Timeline take(bool complete = true);

 private:
  /// Requests whose way to the exit is awaited at once, on either side; beyond it, delays are not drawn.
  static constexpr std::size_t kAwaitedMax = 100'000;
  static constexpr std::size_t kExitLanesMax = 8;

  struct Awaiting {
    std::uint32_t lane;
    reports::TimelineMoment sent;
    std::uint64_t request;
  };

  void add(const Observation& seen);
  void add(const ApiCall& call);
  void add(const ExitActed& acted);
  void add(const UpstreamSaw& saw);
  void add(const Trouble& trouble);

  std::uint32_t lane_of(reports::TimelineLaneKind kind, const std::string& name, const std::string& actor,
                        std::string_view key, bool needed = false);
  std::uint32_t lane_of(const Observation& seen, const Asked* asked, const std::string& issued);
  std::int32_t exit_of(const std::string& address);
  std::string_view answered(const Observation& seen, const std::string& header) const;
  void held(const Awaiting& request, Instant until);
  void add_band(reports::TimelineBand band);
  void end_deed(const std::string& exit, reports::TimelineMoment at);
  void reach(Instant at, std::uint64_t order);

  std::set<std::uint64_t> evidence_;
  HistoryHeader header_;
  std::optional<AskedNames> names_;
  std::optional<TimelineWindows> windows_;
  reports::Timeline timeline_;
  TimelineMarks marks_;
  std::map<std::string, std::uint32_t, std::less<>> lanes_;
  std::map<std::string, std::int32_t> exits_;
  std::map<std::uint32_t, std::int32_t> exit_of_lane_;       // the latest
  std::map<std::string, reports::TimelineBand> under_deed_;  // exits that are down or faulty until further notice
  std::map<std::string, Instant, std::less<>> forwarded_;    // tokens whose observation is to come
  std::map<std::string, Awaiting, std::less<>> awaiting_;    // the other way round
  std::uint64_t requests_ = 0;
  std::uint64_t delay_every_ = 1;  // so many requests to a delay drawn
};

}  // namespace pinproof::conformance
