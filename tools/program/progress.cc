#include "tools/program/progress.h"

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/utf8.h"

namespace pinproof::program {
namespace {

using namespace std::chrono_literals;

/// Faster than anybody reads is only noise, and a terminal is slow.
constexpr auto kRedrawAfter = 50ms;
constexpr std::size_t kNameColumns = 40;
constexpr const char* kEraseLine = "\r\x1b[K";

}  // namespace

Progress::Progress(std::ostream& err, bool shown, std::size_t total) : err_(err), shown_(shown), total_(total) {}

Progress::~Progress() {
  if (shown_ && done_ != 0) err_ << kEraseLine << std::flush;
}

void Progress::done(std::string_view what) {
  ++done_;
  if (!shown_) return;
  const auto now = Clock::now();
  if (done_ != 1 && now - drawn_ < kRedrawAfter) return;
  drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  const double rate = seconds > 0 ? static_cast<double>(done_) / seconds : 0;
  const double left = rate > 0 ? static_cast<double>(total_ - done_) / rate : 0;
  err_ << kEraseLine
       << fmt::format("{}/{}  {:.0f}/s  {:.0f} s left  {}", done_, total_, rate, left,
                      reports::cut_to_columns(reports::escape(what), kNameColumns, "…"))
       << std::flush;
}

}  // namespace pinproof::program
