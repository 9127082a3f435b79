#include "conformance/run/timeline_windows.h"

#include <algorithm>
#include <utility>

namespace pinproof::conformance {
namespace {

bool reads(const HistoryHeader& header, const char* reading, const char* value) {
  const auto found = header.readings.find(reading);
  return found != header.readings.end() && found->second == value;
}

}  // namespace

void TimelineWindows::finish(const std::string& key) {
  const auto found = live_.find(key);
  if (found == live_.end()) return;
  if (over_.size() < kWindowsMax) over_.push_back(std::move(found->second));
  live_.erase(found);
}

void TimelineWindows::close(const std::string& key, Instant at, std::uint64_t order) {
  const auto found = live_.find(key);
  if (found == live_.end()) return;
  if (at < found->second.until) {
    found->second.until = at;
    found->second.until_order = order;
  }
  finish(key);
}

TimelineWindows::Window* TimelineWindows::open(const std::string& key, const Observation& seen, Duration window,
                                               std::uint32_t lane) {
  auto found = live_.find(key);
  if (found != live_.end() && seen.sent_at >= found->second.until) {
    finish(key);
    found = live_.end();
  }
  if (found == live_.end()) {
    if (live_.size() + over_.size() >= kWindowsMax) return nullptr;
    found = live_.emplace(key, Window{{}, seen.sent_at, seen.sent_order, seen.sent_at + window}).first;
  }
  auto& lanes = found->second.lanes;
  if (std::find(lanes.begin(), lanes.end(), lane) == lanes.end()) lanes.push_back(lane);
  return &found->second;
}

void TimelineWindows::named(const Observation& seen, const Asked& asked, bool repinned, std::uint32_t lane) {
  if (repinned && reads(header_, "repin_restarts_window", "yes")) close(asked.key, seen.sent_at, seen.sent_order);
  Window* const window = open(asked.key, seen, asked.window, lane);
  if (window == nullptr) return;
  window->repinned = window->repinned || repinned;
  if (reads(header_, "window_clock", "idle")) window->until = std::max(window->until, seen.sent_at + asked.window);
}

void TimelineWindows::issued(const Observation& seen, const std::string& id, std::uint32_t lane) {
  Window* const window = open(id, seen, header_.promised.idle_window, lane);
  if (window == nullptr) return;
  if (const auto created = created_.find(id); created != created_.end()) {
    window->from = std::min(window->from, created->second);
    window->order = 0;
    created_.erase(created);
  }
  if (reads(header_, "expiry_counts_from", "last_request"))
    window->until = std::max(window->until, seen.sent_at + header_.promised.idle_window);
}

void TimelineWindows::refused(const Observation& seen, const std::string& id) {
  close(id, seen.sent_at, seen.sent_order);
}

void TimelineWindows::called(const ApiCall& call) {
  if (call.status / 100 != 2) return;
  if (!call.created.empty() && created_.size() < kWindowsMax) created_.emplace(call.created, call.answered_at);
  if (call.operation != ApiOperation::kDelete) return;
  if (!call.session.empty()) close(call.session, call.answered_at, call.answered_order);
  if (call.user_name.empty()) return;
  Observation named;
  named.account = call.account;
  named.user_name = call.user_name;
  if (const auto asked = read_asked(header_, named)) close(asked->key, call.answered_at, call.answered_order);
}

std::vector<reports::TimelineBand> TimelineWindows::take(Instant end) {
  while (!live_.empty()) finish(live_.begin()->first);
  std::vector<reports::TimelineBand> bands;
  for (const Window& window : over_) {
    for (const std::uint32_t lane : window.lanes) {
      reports::TimelineBand band;
      band.kind = reports::TimelineBandKind::kWindow;
      band.lane = lane;
      band.from = {window.from.time_since_epoch().count(), window.order};
      band.until = {std::min(window.until, end).time_since_epoch().count(), window.until_order};
      band.open = window.until > end;
      band.text = (window.repinned ? "window after a re-pin, " : "window, ") + std::string("until ") +
                  sim::format_instant(window.until);
      bands.push_back(std::move(band));
    }
  }
  over_.clear();
  return bands;
}

}  // namespace pinproof::conformance
