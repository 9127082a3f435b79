#include "reports/html/timeline_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "reports/html/html_words.h"
#include "reports/html/timeline_layout.h"

namespace pinproof::reports {
namespace {

// Pixels.
constexpr double kAxisHeight = 28;
constexpr double kLaneTitle = 22;
constexpr double kRowHeight = 28;
constexpr double kLanePadding = 8;
constexpr double kMarkHeight = 20;

constexpr std::int32_t kExitColours = 8;
constexpr std::size_t kLegendExitsMax = 16;

std::string pc(double percent) { return fmt::format("{:.2f}%", percent); }
std::string px(double pixels) { return fmt::format("{:g}", pixels); }

double height_of(const PlacedLane& lane) {
  return kLaneTitle + kRowHeight * static_cast<double>(lane.rows) + kLanePadding;
}

std::string_view class_of(TimelineMarkKind kind) {
  switch (kind) {
    case TimelineMarkKind::kServed:
      return "served";
    case TimelineMarkKind::kRefused:
      return "refused";
    case TimelineMarkKind::kUnanswered:
      return "unanswered";
    case TimelineMarkKind::kCall:
      return "call";
    case TimelineMarkKind::kDeed:
      return "deed";
    case TimelineMarkKind::kTrouble:
      return "trouble";
    case TimelineMarkKind::kBin:
      return "bin";
  }
  return "";
}

std::string_view class_of(TimelineBandKind kind) {
  switch (kind) {
    case TimelineBandKind::kWindow:
      return "window";
    case TimelineBandKind::kHeld:
      return "held";
    case TimelineBandKind::kDown:
      return "down";
    case TimelineBandKind::kFaulty:
      return "faulty";
  }
  return "";
}

std::string title_of(const TimelineLane& lane, const Timeline& timeline) {
  switch (lane.kind) {
    case TimelineLaneKind::kSession:
      return fmt::format("{} · session {}", lane.actor, lane.name);
    case TimelineLaneKind::kNoSession:
    case TimelineLaneKind::kCalls:
      return fmt::format("{} · {}", lane.actor, lane.name);
    case TimelineLaneKind::kExit: {
      const auto exit = std::find_if(timeline.exits.begin(), timeline.exits.end(),
                                     [&](const TimelineExit& one) { return one.address == lane.name; });
      if (exit == timeline.exits.end()) return "exit " + lane.name;
      return fmt::format("exit {} · {}", exit_label(static_cast<std::int32_t>(exit - timeline.exits.begin())),
                         lane.name);
    }
    case TimelineLaneKind::kOthers:
      return lane.name;
  }
  return lane.name;
}

std::string title_of(const PlacedMark& placed) {
  const TimelineMark& mark = *placed.mark;
  if (mark.kind == TimelineMarkKind::kBin) {
    std::string title = fmt::format("{} to {}: {}", clock_text(mark.from.at), clock_text(mark.until.at),
                                    counted(mark.count, "request", "requests"));
    if (mark.failed > 0) title += fmt::format(", {} of them not served", grouped(mark.failed));
    return title;
  }
  std::string title = clock_text(mark.from.at) + " · " + mark.text;
  if (!placed.flag.empty()) title = placed.flag + " · " + title;
  return title;
}

class Drawing {
 public:
  Drawing(HtmlWriter& page, const HtmlContext& context, const Timeline& timeline, const std::set<std::uint64_t>& rows)
      : page_(page),
        context_(context),
        timeline_(timeline),
        rows_(rows),
        layout_(lay_out(timeline, context.accusations(timeline.scenario))) {}

  void draw() {
    double height = kAxisHeight;
    for (const PlacedLane& lane : layout_.lanes) height += height_of(lane);
    const HtmlElement svg(page_, "svg",
                          {{"class", "timeline"},
                           {"role", "group"},
                           {"height", px(height)},
                           {"aria-label", fmt::format("Timeline of {}, {}, {}", timeline_.scenario,
                                                      counted(timeline_.observations, "exchange", "exchanges"),
                                                      counted(timeline_.lanes.size(), "lane", "lanes"))}});
    axis(height);
    double top = kAxisHeight;
    for (const PlacedLane& lane : layout_.lanes) {
      draw(lane, top);
      top += height_of(lane);
    }
  }

  bool proportional() const { return layout_.scale.proportional(); }

 private:
  void axis(double height) {
    const HtmlElement group(page_, "g", {{"class", "axis"}, {"aria-hidden", "true"}});
    for (const TimeTick& tick : layout_.scale.ticks()) {
      page_.empty("line", {{"x1", pc(tick.at)}, {"x2", pc(tick.at)}, {"y1", px(kAxisHeight - 4)}, {"y2", px(height)}});
      page_.leaf("text", {{"x", pc(tick.at)}, {"y", "16"}, {"class", tick.at > 90 ? "end" : ""}}, tick.label);
    }
  }

  void draw(const PlacedLane& lane, double top) {
    const std::string title = title_of(*lane.lane, timeline_);
    const HtmlElement group(page_, "g", {{"role", "group"}, {"aria-label", title}});
    page_.empty("line", {{"class", "edge"}, {"x1", "0"}, {"x2", "100%"}, {"y1", px(top)}, {"y2", px(top)}});
    page_.leaf("text", {{"class", "lane"}, {"x", "6"}, {"y", px(top + 16)}}, title);
    for (const TimelineBand* const band : lane.bands) draw(*band, lane, top);
    for (const PlacedMark& mark : lane.marks) draw(mark, row_centre(top, mark.row));
  }

  static double row_centre(double top, std::size_t row) {
    return top + kLaneTitle + kRowHeight * (static_cast<double>(row) + 0.5);
  }

  void draw(const TimelineBand& band, const PlacedLane& lane, double top) {
    const double from = layout_.scale.place(band.from);
    const double to = band.open ? 100.0 : layout_.scale.place(band.until);
    const double height = kRowHeight * static_cast<double>(lane.rows) - 4.0;
    const HtmlElement rect(page_, "rect",
                           {{"class", "band " + std::string(class_of(band.kind))},
                            {"x", pc(from)},
                            {"width", pc(std::max(to - from, 0.3))},
                            {"y", px(top + kLaneTitle + 2.0)},
                            {"height", px(height)},
                            {"rx", "3"}});
    page_.leaf("title", clock_text(band.from.at) + " · " + band.text);
  }

  void draw(const PlacedMark& placed, double y) {
    const TimelineMark& mark = *placed.mark;
    line("wait", placed.at, placed.until, y);
    line("held", placed.at, placed.held_until, y);
    std::string classes = "mark " + std::string(class_of(mark.kind));
    if (mark.exit >= 0 && mark.kind == TimelineMarkKind::kServed)
      classes += fmt::format(" e{}", mark.exit % kExitColours);
    if (mark.kind == TimelineMarkKind::kBin && mark.failed > 0) classes += " failed";
    const HtmlElement place(page_, "svg", {{"class", classes}, {"x", pc(placed.at)}, {"y", px(y)}});
    if (rows_.contains(mark.id) && mark.id != 0) {
      const HtmlElement link(page_, "a", {{"href", "#" + context_.exchange(timeline_.scenario, mark.id)}});
      inside(placed);
    } else {
      inside(placed);
    }
  }

  void line(std::string_view name, double from, double to, double y) {
    if (to - from < 0.2) return;  // less than a pixel or two
    page_.empty("line", {{"class", std::string(name)}, {"x1", pc(from)}, {"x2", pc(to)}, {"y1", px(y)}, {"y2", px(y)}});
  }

  void inside(const PlacedMark& placed) {
    page_.leaf("title", title_of(placed));
    if (placed.mark->evidence) box("ring", placed.width + 8, kMarkHeight + 8, "8");
    box("", placed.width, kMarkHeight, "5");
    page_.leaf("text", placed.label);
    if (placed.flag.empty()) return;
    const double beside = placed.width / 2 + 8;
    page_.leaf("text",
               {{"class", "flag " + tone_class(placed.flag_tone) + (placed.flag_left ? " left" : "")},
                {"x", px(placed.flag_left ? -beside : beside)}},
               placed.flag);
  }

  void box(std::string_view name, double width, double height, std::string_view radius) {
    page_.empty("rect", {{"class", std::string(name)},
                         {"x", px(-width / 2)},
                         {"y", px(-height / 2)},
                         {"width", px(width)},
                         {"height", px(height)},
                         {"rx", std::string(radius)}});
  }

  HtmlWriter& page_;
  const HtmlContext& context_;
  const Timeline& timeline_;
  const std::set<std::uint64_t>& rows_;
  TimelineLayout layout_;
};

void write_exits(HtmlWriter& page, const Timeline& timeline) {
  if (timeline.exits.empty()) return;
  const HtmlElement list(page, "ul", {{"class", "exits"}, {"aria-label", "Exits"}});
  for (std::size_t i = 0; i < std::min(timeline.exits.size(), kLegendExitsMax); ++i) {
    const TimelineExit& exit = timeline.exits[i];
    const HtmlElement item(page, "li");
    page.leaf("span", {{"class", fmt::format("exit e{}", i % kExitColours)}}, exit_label(static_cast<std::int32_t>(i)));
    page.text(" " + exit.address + (exit.place.empty() ? "" : " (" + exit.place + ")"));
  }
  if (timeline.exits.size() > kLegendExitsMax)
    page.leaf("li", counted(timeline.exits.size() - kLegendExitsMax, "more exit", "more exits"));
}

std::string remarks_on(const Timeline& timeline, bool proportional) {
  std::string text;
  const auto say = [&text](const std::string& sentence) { text += (text.empty() ? "" : " ") + sentence; };
  if (!proportional && timeline.end.at > 0) say("Not to scale: quiet stretches are shortened; the times are true.");
  if (timeline.binned > 0) {
    say(fmt::format("{} of {} are counted in the marks with ×, which stand for many each.", grouped(timeline.binned),
                    counted(timeline.observations, "exchange", "exchanges")));
  }
  if (timeline.bands_left_out > 0)
    say(fmt::format("{} not drawn.", counted(timeline.bands_left_out, "further span is", "further spans are")));
  if (!timeline.complete) say("The history could not be read to its end; this is what there is of it before.");
  return text;
}

}  // namespace

void write_timeline(HtmlWriter& page, const HtmlContext& context, const Timeline& timeline,
                    const std::set<std::uint64_t>& rows) {
  if (timeline.marks.empty()) return;
  const HtmlElement figure(page, "figure", {{"class", "timeline-figure"}});
  bool proportional = true;
  {
    const HtmlElement scroll(
        page, "div",
        {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Timeline, scrolls sideways"}});
    Drawing drawing(page, context, timeline, rows);
    drawing.draw();
    proportional = drawing.proportional();
  }
  const HtmlElement caption(page, "figcaption");
  write_exits(page, timeline);
  if (const std::string remarks = remarks_on(timeline, proportional); !remarks.empty())
    page.leaf("p", {{"class", "remark"}}, remarks);
}

}  // namespace pinproof::reports
