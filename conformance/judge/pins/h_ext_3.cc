// H-EXT-3: a list of sessions tells of each live one its exit, its window from start to end, and whether it was re-pinned; one that is over
// is not listed. Only of what the history knows for sure: a session in one possible state, with nothing of it under way.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <optional>

#include "conformance/judge/pins/list_step.h"

namespace pinproof::conformance {
namespace {

const std::string* field(const ListedSession& listed, const char* name) {
  const auto found = listed.fields.find(name);
  return found == listed.fields.end() ? nullptr : &found->second;
}

// "2026-11-22T10:00:00.000Z", the fraction optional.
std::optional<Duration> instant_of(const std::string* text) {
  using namespace std::chrono;
  int y = 0;
  unsigned m = 0, d = 0, hour = 0, minute = 0;
  double second = 0;
  if (text == nullptr || std::sscanf(text->c_str(), "%d-%u-%uT%u:%u:%lfZ", &y, &m, &d, &hour, &minute, &second) != 6) {
    return std::nullopt;
  }
  const year_month_day date{year(y), month(m), day(d)};
  if (!date.ok()) return std::nullopt;
  return sys_days(date).time_since_epoch() + hours(hour) + minutes(minute) +
         round<milliseconds>(duration<double>(second));
}

}  // namespace

void h_ext_3(const ListStep& step, Holdings& holdings) {
  const Pin& pin = step.pin;
  const std::string& session = step.asked.session;
  if (step.over) {
    if (step.rows.empty()) return held(holdings, "H-EXT-3");
    return broken(holdings, "H-EXT-3", fmt::format("session {} was over and is listed", session), {pin.last_ok});
  }
  if (step.rows.empty()) {
    return broken(holdings, "H-EXT-3", fmt::format("session {} is alive and not listed", session), {pin.last_ok});
  }
  if (step.rows.size() > 1) return;  // a list does not tell sessions apart that differ in their windows or types alone
  const ListedSession& row = *step.rows.front();
  if (!step.maybe_lost && !row.exit.empty() && row.exit != pin.exit) {
    return broken(holdings, "H-EXT-3",
                  fmt::format("session {} is listed on {}, and it is on {}", session, row.exit, pin.exit),
                  {pin.last_ok});
  }
  const auto from = instant_of(field(row, "started_at"));
  const auto to = instant_of(field(row, "expires_at"));
  if (step.whole_window && from && to && *to - *from != step.asked.window) {
    return broken(
        holdings, "H-EXT-3",
        fmt::format("session {} is listed from {} to {}, which is not its window of {}", session,
                    *field(row, "started_at"), *field(row, "expires_at"), sim::format_duration(step.asked.window)),
        {pin.opened_by});
  }
  const std::string* const repinned = field(row, "repinned");
  if (repinned != nullptr && !step.maybe_lost && *repinned != (pin.repinned ? "true" : "false")) {
    return broken(holdings, "H-EXT-3",
                  fmt::format("session {} is listed as {}re-pinned", session, pin.repinned ? "not " : ""),
                  {pin.last_ok});
  }
  held(holdings, "H-EXT-3");
}

}  // namespace pinproof::conformance
