#include "tools/program/explore_progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/utf8.h"

namespace pinproof::program {
namespace {

using namespace std::chrono_literals;

/// Faster than anybody reads is only noise, and a terminal is slow.
constexpr auto kRedrawAfter = 100ms;
constexpr auto kLineAfter = 60s;
constexpr const char* kEraseLine = "\r\x1b[K";

}  // namespace

std::string progress_line(const conformance::SoFar& so_far, const std::string& dialect,
                          const conformance::Reached& reached, double seconds) {
  const conformance::Coverage& coverage = so_far.coverage;
  return fmt::format("{}: {} finding{} in {} of {} cases ({:.0f}/s), covered {} of {}, {} commands, {} virtual hours",
                     dialect, so_far.found, so_far.found == 1 ? "" : "s", coverage.cases, so_far.cases,
                     static_cast<double>(coverage.cases) / std::max(seconds, 1e-9), reached.number, reached.of,
                     so_far.commands, coverage.time / std::chrono::hours(1));
}

ExploreProgress::ExploreProgress(Streams& streams, const conformance::SmallWorld& world,
                                 std::vector<std::string> judged)
    : streams_(streams), world_(world), judged_(std::move(judged)) {}

ExploreProgress::~ExploreProgress() {
  if (drawn_) streams_.err << kEraseLine << std::flush;
}

void ExploreProgress::show(const conformance::SoFar& so_far) {
  const auto now = Clock::now();
  if (now - shown_ < (streams_.progress ? Clock::duration(kRedrawAfter) : Clock::duration(kLineAfter))) return;
  shown_ = now;
  const std::string line = progress_line(so_far, world_.dialect, conformance::reached(so_far.coverage, world_, judged_),
                                         std::chrono::duration<double>(now - begun_).count());
  if (streams_.progress) {
    streams_.err << kEraseLine << reports::cut_to_columns(line, streams_.width - 1, "…") << std::flush;
    drawn_ = true;
  } else {
    streams_.err << "pinproof: " << line << std::endl;
  }
}

}  // namespace pinproof::program
