// Reads what a sessions API answers with, in its two styles. Whatever does not have the promised shape is nothing, and a history calls
// the call malformed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/history/history.h"

namespace pinproof::conformance {

/// {"1836172": "127.20.0.4", …}: ids to addresses (C-SES-5).
std::optional<std::vector<ListedSession>> read_id_map(std::string_view text);

struct SessionPage {
  std::vector<ListedSession> sessions;
  std::string next_cursor;  // empty: the last page
};

/// {"data": [{"id": …, "exit_ip": …, …}, …], "next_cursor": … or null} (H-EXT-3); every field but the id and the exit is kept as text.
std::optional<SessionPage> read_session_page(std::string_view text);

}  // namespace pinproof::conformance
