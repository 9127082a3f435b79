#include "reports/html/time_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace pinproof::reports {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1000 * kMillisecond;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;

constexpr double kWidth = kTimeScaleTo - kTimeScaleFrom;
constexpr double kTickDistance = 9.0;  // percent of 720 pixels that a label takes
constexpr std::int64_t kTicksMax = 9;
// The longest stretch is so many times as wide as a step between two things that happened at one instant.
constexpr double kLongestGap = 6.0;

// Steps that people count in.
constexpr std::array<std::int64_t, 19> kSteps = {
    kMillisecond, 10 * kMillisecond, 100 * kMillisecond, kSecond,     2 * kSecond,  5 * kSecond,  10 * kSecond,
    30 * kSecond, kMinute,           2 * kMinute,        5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute,
    kHour,        2 * kHour,         6 * kHour,          12 * kHour,  24 * kHour};

std::string fraction_of_second(std::int64_t nanoseconds) {
  std::string digits = fmt::format("{:09}", nanoseconds % kSecond);
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits.empty() ? "" : "." + digits;
}

}  // namespace

std::string clock_text(std::int64_t nanoseconds) {
  const std::int64_t at = std::max<std::int64_t>(nanoseconds, 0);
  return fmt::format("{}:{:02}:{:02}{}", at / kHour, at % kHour / kMinute, at % kMinute / kSecond,
                     fraction_of_second(at));
}

std::string duration_text(std::int64_t nanoseconds) {
  const std::int64_t length = std::max<std::int64_t>(nanoseconds, 0);
  if (length == 0) return "0 s";
  if (length < kSecond) return fmt::format("{:g} ms", static_cast<double>(length) / kMillisecond);
  std::string text;
  const auto add = [&text](const std::string& words) { text += (text.empty() ? "" : " ") + words; };
  if (length >= kHour) add(fmt::format("{} h", length / kHour));
  if (length % kHour >= kMinute) add(fmt::format("{} min", length % kHour / kMinute));
  if (const std::int64_t seconds = length % kMinute; seconds > 0)
    add(fmt::format("{}{} s", seconds / kSecond, fraction_of_second(seconds)));
  return text;
}

TimeScale::TimeScale(std::vector<TimelineMoment> moments) : moments_(std::move(moments)) {
  std::sort(moments_.begin(), moments_.end());
  moments_.erase(std::unique(moments_.begin(), moments_.end()), moments_.end());
  if (moments_.empty()) moments_.push_back({});
  if (moments_.size() <= kTimeScaleMomentsMax) {
    lay_out_moments();
  } else {
    moments_ = {moments_.front(), moments_.back()};
  }
}

void TimeScale::lay_out_moments() {
  std::int64_t longest = 0;
  std::int64_t shortest = 0;
  for (std::size_t i = 1; i < moments_.size(); ++i) {
    const std::int64_t gap = moments_[i].at - moments_[i - 1].at;
    longest = std::max(longest, gap);
    if (gap > 0) shortest = shortest == 0 ? gap : std::min(shortest, gap);
  }
  proportional_ = false;
  std::vector<double> steps{0.0};
  const double unit = std::max(static_cast<double>(longest) / 1000.0, 1.0);
  const double most = std::log1p(static_cast<double>(longest) / unit);
  for (std::size_t i = 1; i < moments_.size(); ++i) {
    const auto gap = static_cast<double>(moments_[i].at - moments_[i - 1].at);
    const double extra = longest == 0 ? 0.0 : (kLongestGap - 1.0) * std::log1p(gap / unit) / most;
    steps.push_back(steps.back() + 1.0 + extra);
  }
  const double whole = std::max(steps.back(), 1.0);
  for (const double step : steps) places_.push_back(kTimeScaleFrom + kWidth * step / whole);
}

double TimeScale::in_proportion(std::int64_t at) const {
  const auto extent = static_cast<double>(std::max<std::int64_t>(moments_.back().at - moments_.front().at, 1));
  const double part = static_cast<double>(at - moments_.front().at) / extent;
  return kTimeScaleFrom + kWidth * std::clamp(part, 0.0, 1.0);
}

double TimeScale::place(TimelineMoment moment) const {
  if (proportional_) return in_proportion(moment.at);
  const auto next = std::lower_bound(moments_.begin(), moments_.end(), moment);
  if (next == moments_.end()) return places_.back();
  const auto i = static_cast<std::size_t>(next - moments_.begin());
  if (*next == moment || i == 0) return places_[i];
  const TimelineMoment before = moments_[i - 1];
  const auto gap = static_cast<double>(std::max<std::int64_t>(next->at - before.at, 1));
  const double part = static_cast<double>(moment.at - before.at) / gap;
  return places_[i - 1] + (places_[i] - places_[i - 1]) * std::clamp(part, 0.0, 1.0);
}

std::vector<std::int64_t> TimeScale::instants_to_label() const {
  std::vector<std::int64_t> instants;
  if (!proportional_) {
    for (const TimelineMoment& moment : moments_) {
      if (instants.empty() || instants.back() != moment.at) instants.push_back(moment.at);
    }
    return instants;
  }
  const std::int64_t from = moments_.front().at;
  const std::int64_t extent = moments_.back().at - from;
  std::int64_t step = kSteps.back();
  for (const std::int64_t candidate : kSteps) {
    if (extent / candidate > kTicksMax) continue;
    step = candidate;
    break;
  }
  while (extent / step > kTicksMax) step *= 2;
  for (std::int64_t at = from + (step - from % step) % step; at <= moments_.back().at; at += step)
    instants.push_back(at);
  return instants;
}

std::vector<TimeTick> TimeScale::ticks() const {
  std::vector<TimeTick> ticks;
  for (const std::int64_t at : instants_to_label()) {
    const double place = this->place({at, 0});
    if (!ticks.empty() && place - ticks.back().at < kTickDistance) continue;
    ticks.push_back({place, clock_text(at)});
  }
  return ticks;
}

}  // namespace pinproof::reports
