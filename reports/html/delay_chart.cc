#include "reports/html/delay_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "reports/html/html_words.h"
#include "reports/html/time_scale.h"

namespace pinproof::reports {
namespace {

// Pixels, and percent of the width.
constexpr double kTop = 24;
constexpr double kHeight = 120;
constexpr double kFrom = 2;
constexpr double kWidth = 94;
constexpr double kBarMax = 3;

std::string pc(double percent) { return fmt::format("{:.2f}%", percent); }
std::string px(double pixels) { return fmt::format("{:.4g}", pixels); }

}  // namespace

void write_delay_chart(HtmlWriter& page, const Timeline& timeline) {
  const auto& delays = timeline.delays;
  if (delays.size() < 2) return;
  const auto by_delay = [](const TimelineDelay& left, const TimelineDelay& right) { return left.delay < right.delay; };
  const std::int64_t longest = std::max_element(delays.begin(), delays.end(), by_delay)->delay;
  if (longest == 0) return;
  const std::uint64_t first = delays.front().request;
  const std::uint64_t last = delays.back().request;

  const HtmlElement figure(page, "figure", {{"class", "delay-figure"}});
  page.leaf("figcaption",
            fmt::format("How long requests were held, by request number: up to {}", duration_text(longest)));
  const HtmlElement svg(
      page, "svg",
      {{"class", "delays"},
       {"role", "img"},
       {"height", px(kTop + kHeight + 24)},
       {"aria-label", fmt::format("Delay of requests {} to {}: the first was held for {}, the last for "
                                  "{}, the longest for {}",
                                  first, last, duration_text(delays.front().delay), duration_text(delays.back().delay),
                                  duration_text(longest))}});
  page.leaf("text", {{"x", pc(kFrom)}, {"y", "14"}}, duration_text(longest));
  page.empty("line", {{"class", "edge"}, {"x1", pc(kFrom)}, {"x2", "98%"}, {"y1", px(kTop)}, {"y2", px(kTop)}});
  page.empty(
      "line",
      {{"class", "edge"}, {"x1", pc(kFrom)}, {"x2", "98%"}, {"y1", px(kTop + kHeight)}, {"y2", px(kTop + kHeight)}});
  const double step = kWidth / static_cast<double>(last - first + 1);
  const double apart = kWidth / static_cast<double>(delays.size());
  const double bar = std::min(kBarMax, apart * 0.7);
  for (const TimelineDelay& one : delays) {
    // One that was not held shows as a line on the ground, so that it is not taken for missing.
    const double height = std::max(kHeight * static_cast<double>(one.delay) / static_cast<double>(longest), 2.0);
    const HtmlElement rect(page, "rect",
                           {{"x", pc(kFrom + step * (static_cast<double>(one.request - first) + 0.5) - bar / 2)},
                            {"width", pc(bar)},
                            {"y", px(kTop + kHeight - height)},
                            {"height", px(height)}});
    page.leaf("title", fmt::format("request {}: held for {}", one.request, duration_text(one.delay)));
  }
  const std::string bottom = px(kTop + kHeight + 18);
  page.leaf("text", {{"x", pc(kFrom)}, {"y", bottom}}, fmt::format("request {}", first));
  page.leaf("text", {{"x", pc(kFrom + kWidth)}, {"y", bottom}, {"class", "end"}}, grouped(last));
}

}  // namespace pinproof::reports
