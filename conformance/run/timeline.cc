#include "conformance/run/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "conformance/history/words.h"
#include "conformance/run/exchange_text.h"

namespace pinproof::conformance {
namespace {

using reports::TimelineBand;
using reports::TimelineBandKind;
using reports::TimelineLaneKind;
using reports::TimelineMark;
using reports::TimelineMarkKind;
using reports::TimelineMoment;

// A hold shorter than this cannot be seen, and on a wall clock it is the way there.
constexpr Duration kHeldMin = std::chrono::milliseconds(10);

TimelineMoment moment(Instant at, std::uint64_t order = 0) { return {at.time_since_epoch().count(), order}; }

TimelineMarkKind kind_of(const Observation& seen) {
  if (seen.status == 0 || seen.end != AnswerEnd::kComplete) return TimelineMarkKind::kUnanswered;
  return seen.status < 400 ? TimelineMarkKind::kServed : TimelineMarkKind::kRefused;
}

std::string place_of(const sim::Exit& exit) {
  std::string place = std::string(sim::to_string(exit.type)) + ", " + exit.region;
  for (const std::string& part : {exit.state, exit.city}) {
    if (!part.empty()) place += "/" + part;
  }
  return place;
}

std::string name_of(const Asked& asked) {
  std::string name = asked.session;
  if (!asked.where.region.empty()) name += ", " + asked.where.region;
  if (asked.minutes > 0) name += fmt::format(", {} min", asked.minutes);
  return name;
}

}  // namespace

void TimelineBuilder::header(const HistoryHeader& header) {
  header_ = header;
  names_.emplace(header_);
  windows_.emplace(header_);
  timeline_.scenario = header_.scenario;
  timeline_.clock = word_of(kClockWords, header_.clock);
}

void TimelineBuilder::record(const Record& record) {
  std::visit(
      [this](const auto& one) {
        if constexpr (requires { this->add(one); }) this->add(one);
      },
      record);
}

void TimelineBuilder::reach(Instant at, std::uint64_t order) {
  timeline_.end = std::max(timeline_.end, moment(at, order));
}

std::uint32_t TimelineBuilder::lane_of(TimelineLaneKind kind, const std::string& name, const std::string& actor,
                                       std::string_view key, bool needed) {
  const std::string whole = fmt::format("{}\n{}\n{}", static_cast<int>(kind), actor, key);
  if (const auto found = lanes_.find(whole); found != lanes_.end()) return found->second;
  const std::size_t room = reports::kTimelineLanesMax + (needed ? reports::kTimelineLanesMax / 2 : 0);
  const bool fits = kind == TimelineLaneKind::kOthers || timeline_.lanes.size() < room;
  if (!fits) return lane_of(TimelineLaneKind::kOthers, "all others", "", "others");
  const auto lane = static_cast<std::uint32_t>(timeline_.lanes.size());
  timeline_.lanes.push_back({kind, name, actor});
  lanes_.emplace(whole, lane);
  return lane;
}

std::uint32_t TimelineBuilder::lane_of(const Observation& seen, const Asked* asked, const std::string& issued) {
  const bool needed = evidence_.contains(seen.id);
  if (asked != nullptr && asked->sticky() && asked->breaks.empty())
    return lane_of(TimelineLaneKind::kSession, name_of(*asked), seen.actor, asked->key, needed);
  if (!issued.empty()) return lane_of(TimelineLaneKind::kSession, issued, seen.actor, issued, needed);
  return lane_of(TimelineLaneKind::kNoSession, "no session", seen.actor, "", needed);
}

std::int32_t TimelineBuilder::exit_of(const std::string& address) {
  if (address.empty()) return reports::kNoTimelineExit;
  if (const auto found = exits_.find(address); found != exits_.end()) return found->second;
  if (timeline_.exits.size() >= reports::kTimelineExitsMax) return reports::kNoTimelineExit;
  const auto known = std::find_if(header_.exits.begin(), header_.exits.end(),
                                  [&](const sim::Exit& exit) { return exit.address == address; });
  const auto number = static_cast<std::int32_t>(timeline_.exits.size());
  timeline_.exits.push_back({address, known == header_.exits.end() ? "" : place_of(*known)});
  exits_.emplace(address, number);
  return number;
}

std::string_view TimelineBuilder::answered(const Observation& seen, const std::string& header) const {
  const sim::Headers& headers = seen.connect ? seen.connect->headers : seen.headers;
  return header.empty() ? std::string_view{} : headers.find(header).value_or(std::string_view{});
}

void TimelineBuilder::add(const Observation& seen) {
  if (!windows_) return;
  ++timeline_.observations;
  const auto asked = names_->read(seen);
  const std::string given(answered(seen, header_.vocabulary.session));
  const std::string issued = seen.session == "create" ? given : seen.session;
  const std::string& exit = seen.exit_by_origin.empty() ? seen.exit_by_header : seen.exit_by_origin;

  TimelineMark mark;
  mark.kind = kind_of(seen);
  mark.id = seen.id;
  mark.lane = lane_of(seen, asked.get(), issued);
  mark.from = moment(seen.sent_at, seen.sent_order);
  mark.until = moment(seen.answered_at, seen.answered_order);
  mark.status = seen.status;
  mark.exit = exit_of(exit);
  mark.exit_claimed = seen.exit_by_origin.empty() && !exit.empty();
  mark.repinned = !answered(seen, header_.vocabulary.repinned).empty();
  mark.evidence = evidence_.contains(seen.id);
  mark.text = text_of(seen, header_.vocabulary);
  const bool in_session = timeline_.lanes[mark.lane].kind == TimelineLaneKind::kSession;
  if (in_session && mark.exit != reports::kNoTimelineExit) {
    const auto [last, first] = exit_of_lane_.try_emplace(mark.lane, mark.exit);
    mark.exit_changed = !first && last->second != mark.exit;
    last->second = mark.exit;
  }
  if (in_session && mark.kind != TimelineMarkKind::kRefused && !exit.empty()) {
    if (asked && asked->sticky()) windows_->named(seen, *asked, mark.repinned, mark.lane);
    if (!issued.empty()) windows_->issued(seen, issued, mark.lane);
  } else if (in_session && seen.status / 100 == 4 && !issued.empty()) {
    windows_->refused(seen, issued);
  }
  if (!header_.vocabulary.next_request_in.empty() && !seen.token.empty()) {
    const Awaiting request{mark.lane, mark.from, ++requests_};
    if (const auto sent = forwarded_.find(seen.token); sent != forwarded_.end()) {
      held(request, sent->second);
      forwarded_.erase(sent);
    } else if (awaiting_.size() < kAwaitedMax) {
      awaiting_.emplace(seen.token, request);
    }
  }
  reach(seen.answered_at, seen.answered_order);
  marks_.add(std::move(mark));
}

void TimelineBuilder::add(const ApiCall& call) {
  if (!windows_) return;
  ++timeline_.observations;
  windows_->called(call);
  TimelineMark mark;
  mark.kind = call.result == ApiResult::kNoAnswer ? TimelineMarkKind::kUnanswered
              : call.status >= 400                ? TimelineMarkKind::kRefused
                                                  : TimelineMarkKind::kCall;
  mark.id = call.id;
  mark.lane = lane_of(TimelineLaneKind::kCalls, "sessions API", call.actor, "", evidence_.contains(call.id));
  mark.from = moment(call.sent_at, call.sent_order);
  mark.until = moment(call.answered_at, call.answered_order);
  mark.status = call.status;
  mark.evidence = evidence_.contains(call.id);
  mark.word = word_of(kApiWords, call.operation);
  mark.text = text_of(call);
  reach(call.answered_at, call.answered_order);
  marks_.add(std::move(mark));
}

void TimelineBuilder::end_deed(const std::string& exit, TimelineMoment at) {
  const auto found = under_deed_.find(exit);
  if (found == under_deed_.end()) return;
  found->second.until = at;
  found->second.open = false;
  add_band(std::move(found->second));
  under_deed_.erase(found);
}

void TimelineBuilder::add(const ExitActed& acted) {
  const auto exit_lanes = std::count_if(timeline_.lanes.begin(), timeline_.lanes.end(),
                                        [](const auto& lane) { return lane.kind == TimelineLaneKind::kExit; });
  const bool known = lanes_.contains(fmt::format("{}\n\n{}", static_cast<int>(TimelineLaneKind::kExit), acted.exit));
  const bool own = known || std::cmp_less(exit_lanes, kExitLanesMax);
  TimelineMark mark;
  mark.kind = TimelineMarkKind::kDeed;
  mark.lane = own ? lane_of(TimelineLaneKind::kExit, acted.exit, "", acted.exit)
                  : lane_of(TimelineLaneKind::kOthers, "other exits", "", "exits");
  mark.from = mark.until = moment(acted.at, acted.order);
  mark.exit = exit_of(acted.exit);
  mark.word = word_of(kExitActionWords, acted.action);
  mark.text = text_of(acted);
  reach(acted.at, acted.order);
  const bool only_a_moment = acted.action == sim::ExitAction::kReset;
  // A reset does not bring a dropped exit back.
  if (!only_a_moment) end_deed(acted.exit, mark.from);
  if (own && !only_a_moment && acted.action != sim::ExitAction::kRestore) {
    TimelineBand band;
    band.kind = acted.action == sim::ExitAction::kDrop ? TimelineBandKind::kDown : TimelineBandKind::kFaulty;
    band.lane = mark.lane;
    band.from = mark.from;
    band.text = mark.text;
    band.open = true;
    if (acted.lasting) {
      band.until = moment(acted.at + *acted.lasting);
      band.open = false;
      add_band(std::move(band));
    } else {
      under_deed_.emplace(acted.exit, std::move(band));
    }
  }
  marks_.add(std::move(mark));
}

void TimelineBuilder::add(const UpstreamSaw& saw) {
  if (saw.event != UpstreamEvent::kForwarded || saw.token.empty() || header_.vocabulary.next_request_in.empty()) return;
  if (const auto found = awaiting_.find(saw.token); found != awaiting_.end()) {
    held(found->second, saw.at);
    awaiting_.erase(found);
  } else if (forwarded_.size() < kAwaitedMax) {
    forwarded_.emplace(saw.token, saw.at);
  }
}

void TimelineBuilder::held(const Awaiting& request, Instant until) {
  const Duration delay = std::max(until - Instant(Duration(request.sent.at)), Duration::zero());
  auto& delays = timeline_.delays;
  if (request.request % delay_every_ == 0) delays.push_back({request.request, request.lane, delay.count()});
  if (delays.size() > reports::kTimelineDelaysMax) {
    delay_every_ *= 2;
    std::erase_if(delays, [this](const auto& one) { return one.request % delay_every_ != 0; });
  }
  if (delay < kHeldMin || delay <= 2 * header_.tolerance) return;
  TimelineBand band;
  band.kind = TimelineBandKind::kHeld;
  band.lane = request.lane;
  band.from = request.sent;
  band.until = moment(until);
  band.text = "held for " + sim::format_duration(delay);
  add_band(std::move(band));
}

void TimelineBuilder::add_band(TimelineBand band) {
  if (timeline_.bands.size() < reports::kTimelineBandsMax) {
    timeline_.bands.push_back(std::move(band));
  } else {
    ++timeline_.bands_left_out;
  }
}

void TimelineBuilder::add(const Trouble& trouble) {
  TimelineMark mark;
  mark.kind = TimelineMarkKind::kTrouble;
  mark.lane = lane_of(TimelineLaneKind::kOthers, "the play", "", "play");
  mark.from = mark.until = moment(trouble.at, timeline_.end.order + 1);
  mark.word = word_of(kTroubleWords, trouble.verdict);
  mark.text = "the play stopped: " + trouble.what;
  reach(trouble.at, mark.from.order);
  marks_.add(std::move(mark));
}

reports::Timeline TimelineBuilder::take(bool complete) {
  const Instant end{Duration(timeline_.end.at)};
  while (!under_deed_.empty()) {
    TimelineBand band = std::move(under_deed_.begin()->second);
    under_deed_.erase(under_deed_.begin());
    band.until = timeline_.end;
    add_band(std::move(band));
  }
  if (windows_) {
    for (TimelineBand& band : windows_->take(end)) add_band(std::move(band));
  }
  for (TimelineBand& band : timeline_.bands) {
    if (band.until.at <= timeline_.end.at) continue;
    band.until = timeline_.end;
    band.open = true;
  }
  std::stable_sort(timeline_.bands.begin(), timeline_.bands.end(),
                   [](const auto& left, const auto& right) { return left.from < right.from; });
  std::stable_sort(timeline_.delays.begin(), timeline_.delays.end(),
                   [](const auto& left, const auto& right) { return left.request < right.request; });
  timeline_.marks = marks_.take();
  for (const TimelineMark& mark : timeline_.marks) {
    if (mark.kind == TimelineMarkKind::kBin) timeline_.binned += mark.count;
  }
  timeline_.complete = complete;
  return std::move(timeline_);
}

}  // namespace pinproof::conformance
