#include "sim/gateway/session_api_json.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

namespace pinproof::sim {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json to_json(const ListedSessionFields& session) {
  return {{"id", session.id},
          {"subuser", session.subuser},
          {"session_id", session.session_id},
          {"region", session.region},
          {"state", or_null(session.state)},
          {"city", or_null(session.city)},
          {"asn", session.asn},
          {"exit_ip", session.exit_ip},
          {"started_at", timestamp_text(session.started_at)},
          {"expires_at", timestamp_text(session.expires_at)},
          {"bytes_used", session.bytes_used},
          {"requests", session.requests},
          {"repinned", session.repinned}};
}

}  // namespace

std::string id_map_text(const std::vector<ListedSessionFields>& sessions) {
  // Put together here, since an ordered object looks every new key up in all that it has.
  std::string text = "{";
  for (const ListedSessionFields& session : sessions) {
    if (text.size() > 1) text += ',';
    text.append(Json(session.session_id).dump()).append(":").append(Json(session.exit_ip).dump());
  }
  return text + '}';
}

std::string session_list_text(const std::vector<ListedSessionFields>& sessions, const std::string& next_cursor) {
  Json data = Json::array();
  for (const ListedSessionFields& session : sessions) data.push_back(to_json(session));
  return Json{{"data", std::move(data)}, {"next_cursor", or_null(next_cursor)}}.dump();
}

std::string session_text(const ListedSessionFields& session) { return to_json(session).dump(); }

std::string timestamp_text(Instant instant) {
  const auto days = std::chrono::floor<std::chrono::days>(instant.time_since_epoch());
  const std::chrono::year_month_day date{std::chrono::sys_days{days}};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch() - days)};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

}  // namespace pinproof::sim
