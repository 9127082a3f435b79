// The JSON that the sessions API answers with.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/time.h"

namespace pinproof::sim {

struct ListedSessionFields {
  std::string id;  // "ses_12"
  std::string subuser;
  std::string session_id;  // as the client says it; issued ids are their own
  std::string region;
  std::string state;
  std::string city;
  std::uint32_t asn = 0;
  std::string exit_ip;
  Instant started_at;
  Instant expires_at;
  std::uint64_t bytes_used = 0;
  std::uint32_t requests = 0;
  bool repinned = false;
};

/// {"1836172": "127.20.0.4", …}
std::string id_map_text(const std::vector<ListedSessionFields>& sessions);
/// {"data": […], "next_cursor": "ses_12" | null}
std::string session_list_text(const std::vector<ListedSessionFields>& sessions, const std::string& next_cursor);
std::string session_text(const ListedSessionFields& session);

/// An instant as RFC 3339 UTC with milliseconds, instant zero being 1970-01-01T00:00:00.000Z.
std::string timestamp_text(Instant instant);

}  // namespace pinproof::sim
