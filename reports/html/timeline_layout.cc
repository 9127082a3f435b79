#include "reports/html/timeline_layout.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "reports/html/html_words.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kRowsMax = 12;  // of a lane; what needs more overlaps
constexpr double kCharacter = 7.5;    // pixels, at the size of labels
constexpr double kMarkMin = 20.0;
constexpr double kMarkMargin = 10.0;
constexpr double kFlagMargin = 14.0;
constexpr double kApart = 3.0;
constexpr double kFlagLeftFrom = 78.0;  // percent
constexpr std::size_t kFlagRequirementsMax = 2;

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string served_label(const TimelineMark& mark) {
  std::string label = exit_label(mark.exit);
  if (mark.exit_claimed) label += "?";
  if (mark.repinned) return "↻" + label;
  return mark.exit_changed ? "→" + label : label;
}

std::string call_label(const TimelineMark& mark) {
  if (mark.word == "list_sessions") return "list";
  if (mark.word == "create_session") return "new";
  if (mark.word == "delete_session") return "end";
  return plain_word(mark.word);
}

std::string label_of(const TimelineMark& mark) {
  switch (mark.kind) {
    case TimelineMarkKind::kServed:
      return served_label(mark);
    case TimelineMarkKind::kRefused:
      return std::to_string(mark.status);
    case TimelineMarkKind::kUnanswered:
      return "✕";
    case TimelineMarkKind::kCall:
      return call_label(mark);
    case TimelineMarkKind::kDeed:
      return mark.word == "restore" ? "▲ " + mark.word : "▼ " + mark.word;
    case TimelineMarkKind::kTrouble:
      return plain_word(mark.word);
    case TimelineMarkKind::kBin:
      return "×" + std::to_string(mark.count) + (mark.failed > 0 ? " ✕" + std::to_string(mark.failed) : "");
  }
  return "";
}

void flag(PlacedMark& placed, const std::vector<HtmlAccusation>& accusations) {
  std::set<std::string> requirements;
  for (const HtmlAccusation& accusation : accusations) {
    if (!accusation.last) continue;
    requirements.insert(accusation.requirement);
    if (placed.flag_tone != "fail") placed.flag_tone = accusation.verdict;
  }
  if (requirements.empty()) return;
  placed.flag = style_of(placed.flag_tone).symbol;
  std::size_t shown = 0;
  for (const std::string& requirement : requirements) {
    if (shown++ == kFlagRequirementsMax) {
      placed.flag += " +" + std::to_string(requirements.size() - kFlagRequirementsMax);
      break;
    }
    placed.flag += " " + requirement;
  }
  placed.flag_left = placed.at > kFlagLeftFrom;
}

double percent(double pixels) { return 100.0 * pixels / kTimelineWidth; }

/// The lowest row that is free where the mark and its waiting stand; where none is, the one that is free again first.
void put_in_row(PlacedMark& placed, std::array<double, kRowsMax>& taken_to, std::size_t& rows) {
  const double half = percent(placed.width / 2 + kApart);
  const double beside =
      placed.flag.empty() ? 0.0 : percent(kCharacter * static_cast<double>(characters(placed.flag)) + kFlagMargin);
  const double from = placed.at - half - (placed.flag_left ? beside : 0.0);
  const double to = std::max(placed.at + half + (placed.flag_left ? 0.0 : beside), placed.until);
  auto row = std::find_if(taken_to.begin(), taken_to.end(), [from](double taken) { return taken <= from; });
  if (row == taken_to.end()) row = std::min_element(taken_to.begin(), taken_to.end());
  *row = std::max(*row, to);
  placed.row = static_cast<std::size_t>(row - taken_to.begin());
  rows = std::max(rows, placed.row + 1);
}

using HeldRequests = std::map<std::pair<std::uint32_t, TimelineMoment>, TimelineMoment>;  // lane, sent: until

HeldRequests held_requests(const Timeline& timeline) {
  HeldRequests held;
  for (const TimelineBand& band : timeline.bands) {
    if (band.kind == TimelineBandKind::kHeld) held.emplace(std::pair(band.lane, band.from), band.until);
  }
  return held;
}

std::vector<TimelineMoment> moments_of(const Timeline& timeline) {
  std::vector<TimelineMoment> moments{TimelineMoment{}};
  for (const TimelineMark& mark : timeline.marks) {
    moments.push_back(mark.from);
    if (mark.until.at > mark.from.at) moments.push_back(mark.until);
  }
  for (const TimelineBand& band : timeline.bands) {
    if (band.from.order == 0) moments.push_back(band.from);
    if (!band.open) moments.push_back(band.until);
  }
  moments.push_back(timeline.end);
  // Where nothing else is told of the beginning, the first thing begins it.
  const bool ordered_start = std::any_of(moments.begin(), moments.end(),
                                         [](const TimelineMoment& one) { return one.at == 0 && one.order > 0; });
  if (ordered_start) std::erase(moments, TimelineMoment{});
  return moments;
}

int place_in_order(TimelineLaneKind kind) {
  switch (kind) {
    case TimelineLaneKind::kSession:
      return 0;
    case TimelineLaneKind::kNoSession:
      return 1;
    case TimelineLaneKind::kOthers:
      return 2;
    case TimelineLaneKind::kCalls:
      return 3;
    case TimelineLaneKind::kExit:
      return 4;
  }
  return 5;
}

}  // namespace

std::string exit_label(std::int32_t exit) {
  if (exit < 0) return "·";
  std::string label(1, static_cast<char>('A' + exit % 26));
  if (exit >= 26) label += std::to_string(exit / 26 + 1);
  return label;
}

TimelineLayout lay_out(const Timeline& timeline,
                       const std::map<std::uint64_t, std::vector<HtmlAccusation>>& accusations) {
  TimelineLayout layout{TimeScale(moments_of(timeline)), {}};
  layout.lanes.resize(timeline.lanes.size());
  std::vector<std::array<double, kRowsMax>> taken(timeline.lanes.size());
  for (auto& rows : taken) rows.fill(-100.0);
  for (std::size_t i = 0; i < timeline.lanes.size(); ++i) layout.lanes[i].lane = &timeline.lanes[i];
  const HeldRequests held = held_requests(timeline);
  for (const TimelineMark& mark : timeline.marks) {
    PlacedMark placed;
    placed.mark = &mark;
    placed.at = layout.scale.place(mark.from);
    placed.until = mark.until.at > mark.from.at ? layout.scale.place(mark.until) : placed.at;
    // A bin waits for nothing: it stands in the middle of what it counts.
    if (mark.kind == TimelineMarkKind::kBin) placed.at = placed.until = (placed.at + placed.until) / 2;
    const auto let_go = held.find({mark.lane, mark.from});
    placed.held_until = let_go == held.end() ? placed.at : layout.scale.place(let_go->second);
    placed.label = label_of(mark);
    placed.width = std::max(kMarkMin, kCharacter * static_cast<double>(characters(placed.label)) + kMarkMargin);
    const double half = percent(placed.width / 2);
    placed.at = std::clamp(placed.at, half, 100.0 - half);
    if (const auto found = accusations.find(mark.id); mark.id != 0 && found != accusations.end())
      flag(placed, found->second);
    PlacedLane& lane = layout.lanes.at(mark.lane);
    put_in_row(placed, taken.at(mark.lane), lane.rows);
    lane.marks.push_back(std::move(placed));
  }
  for (const TimelineBand& band : timeline.bands) {
    if (band.kind != TimelineBandKind::kHeld) layout.lanes.at(band.lane).bands.push_back(&band);
  }
  std::stable_sort(layout.lanes.begin(), layout.lanes.end(), [](const PlacedLane& left, const PlacedLane& right) {
    return place_in_order(left.lane->kind) < place_in_order(right.lane->kind);
  });
  return layout;
}

}  // namespace pinproof::reports
