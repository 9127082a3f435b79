#include "conformance/run/timeline_marks.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace pinproof::conformance {
namespace {

using reports::TimelineMark;
using reports::TimelineMarkKind;

// Merging costs a sort, so it waits until there are twice as many as may stay.
constexpr std::size_t kPlainAtOnce = 2 * reports::kTimelinePlainMax;

bool failed(const TimelineMark& mark) {
  return mark.kind == TimelineMarkKind::kRefused || mark.kind == TimelineMarkKind::kUnanswered;
}

void become_bin(TimelineMark& mark) {
  if (mark.kind == TimelineMarkKind::kBin) return;
  mark.failed = failed(mark) ? 1 : 0;
  mark.kind = TimelineMarkKind::kBin;
  mark.id = 0;
  mark.status = 0;
  mark.exit_changed = mark.repinned = mark.exit_claimed = false;
  mark.word.clear();
  mark.text.clear();
}

void merge(TimelineMark& into, TimelineMark mark) {
  become_bin(into);
  become_bin(mark);
  into.from = std::min(into.from, mark.from);
  into.until = std::max(into.until, mark.until);
  into.count += mark.count;
  into.failed += mark.failed;
  if (into.exit != mark.exit) into.exit = reports::kNoTimelineExit;
}

}  // namespace

bool is_of_requests(const TimelineMark& mark) {
  return mark.kind != TimelineMarkKind::kDeed && mark.kind != TimelineMarkKind::kTrouble;
}

bool TimelineMarks::tells_a_story(const TimelineMark& mark) const {
  if (mark.evidence) return true;
  if (notable_.size() >= reports::kTimelineNotableMax) return false;
  return !is_of_requests(mark) || failed(mark) || mark.repinned || mark.exit_changed;
}

void TimelineMarks::add(TimelineMark mark) {
  if (tells_a_story(mark)) {
    notable_.push_back(std::move(mark));
    return;
  }
  plain_.push_back(std::move(mark));
  if (plain_.size() > kPlainAtOnce) crowd_together();
}

void TimelineMarks::crowd_together() {
  const auto [first, last] = std::minmax_element(
      plain_.begin(), plain_.end(), [](const auto& left, const auto& right) { return left.from.at < right.from.at; });
  const std::int64_t extent = last->from.at - first->from.at;
  width_ = std::max(width_, extent / static_cast<std::int64_t>(reports::kTimelinePlainMax));
  merge_buckets();
  while (plain_.size() > reports::kTimelinePlainMax && width_ <= extent) {
    width_ *= 2;
    merge_buckets();
  }
}

void TimelineMarks::merge_buckets() {
  const auto bucket = [this](const TimelineMark& mark) { return std::tuple(mark.lane, mark.from.at / width_); };
  std::stable_sort(plain_.begin(), plain_.end(),
                   [&](const auto& left, const auto& right) { return bucket(left) < bucket(right); });
  std::vector<TimelineMark> merged;
  for (TimelineMark& mark : plain_) {
    if (!merged.empty() && bucket(merged.back()) == bucket(mark)) {
      merge(merged.back(), std::move(mark));
    } else {
      merged.push_back(std::move(mark));
    }
  }
  plain_ = std::move(merged);
}

std::vector<TimelineMark> TimelineMarks::take() {
  if (plain_.size() > reports::kTimelinePlainMax) crowd_together();
  std::vector<TimelineMark> marks = std::move(notable_);
  marks.insert(marks.end(), std::make_move_iterator(plain_.begin()), std::make_move_iterator(plain_.end()));
  plain_.clear();
  std::stable_sort(marks.begin(), marks.end(), [](const TimelineMark& left, const TimelineMark& right) {
    return std::tie(left.from, left.id) < std::tie(right.from, right.id);
  });
  return marks;
}

}  // namespace pinproof::conformance
