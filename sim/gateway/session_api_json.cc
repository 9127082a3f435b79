#include "sim/gateway/session_api_json.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace pinproof::sim {
namespace {

// Put together here: a listing of thousands is asked for often, and a tree of it costs twenty times its text.

bool needs_escapes(char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; }

void append_text(std::string& json, std::string_view value) {
  if (std::any_of(value.begin(), value.end(), needs_escapes)) {
    json += nlohmann::json(value).dump();
  } else {
    json.append(1, '"').append(value).append(1, '"');
  }
}

void append_or_null(std::string& json, std::string_view value) {
  if (value.empty()) {
    json += "null";
  } else {
    append_text(json, value);
  }
}

/// With zeros in front, up to `width` digits.
void append_number(std::string& text, std::uint64_t number, std::size_t width = 1) {
  char digits[20];
  const char* const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  const auto size = static_cast<std::size_t>(end - digits);
  text.append(std::max(width, size) - size, '0').append(digits, size);
}

void append_session(std::string& json, const ListedSessionFields& session) {
  append_text(json += R"({"id":)", session.id);
  append_text(json += R"(,"subuser":)", session.subuser);
  append_text(json += R"(,"session_id":)", session.session_id);
  append_text(json += R"(,"region":)", session.region);
  append_or_null(json += R"(,"state":)", session.state);
  append_or_null(json += R"(,"city":)", session.city);
  append_number(json += R"(,"asn":)", session.asn);
  append_text(json += R"(,"exit_ip":)", session.exit_ip);
  append_text(json += R"(,"started_at":)", timestamp_text(session.started_at));
  append_text(json += R"(,"expires_at":)", timestamp_text(session.expires_at));
  append_number(json += R"(,"bytes_used":)", session.bytes_used);
  append_number(json += R"(,"requests":)", session.requests);
  json.append(R"(,"repinned":)").append(session.repinned ? "true" : "false").append(1, '}');
}

}  // namespace

std::string id_map_text(const std::vector<ListedSessionFields>& sessions) {
  std::string json = "{";
  for (const ListedSessionFields& session : sessions) {
    if (json.size() > 1) json += ',';
    append_text(json, session.session_id);
    append_text(json += ':', session.exit_ip);
  }
  return json += '}';
}

std::string session_list_text(const std::vector<ListedSessionFields>& sessions, const std::string& next_cursor) {
  std::string json = R"({"data":[)";
  for (const ListedSessionFields& session : sessions) {
    if (&session != &sessions.front()) json += ',';
    append_session(json, session);
  }
  append_or_null(json += R"(],"next_cursor":)", next_cursor);
  return json += '}';
}

std::string session_text(const ListedSessionFields& session) {
  std::string json;
  append_session(json, session);
  return json;
}

std::string timestamp_text(Instant instant) {
  const auto days = std::chrono::floor<std::chrono::days>(instant.time_since_epoch());
  const std::chrono::year_month_day date{std::chrono::sys_days{days}};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch() - days)};
  std::string text;
  const auto add = [&](auto number, std::size_t width, char after) {
    append_number(text, static_cast<std::uint64_t>(number), width);
    text += after;
  };
  add(static_cast<int>(date.year()), 4, '-');
  add(static_cast<unsigned>(date.month()), 2, '-');
  add(static_cast<unsigned>(date.day()), 2, 'T');
  add(time.hours().count(), 2, ':');
  add(time.minutes().count(), 2, ':');
  add(time.seconds().count(), 2, '.');
  add(time.subseconds().count(), 3, 'Z');
  return text;
}

}  // namespace pinproof::sim
