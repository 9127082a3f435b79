// What a gateway's reply says about sessions, in the words that the sources use.
#pragma once

#include <string_view>

#include "conformance/judge/facts/exchange.h"

namespace pinproof::conformance {

/// The source's own word for an incorrect id (C-SES-4).
inline constexpr std::string_view kBadSessionId = "bad_session_id";
/// The field notes' word for a creation over the cap (C-SES-9).
inline constexpr std::string_view kSessionLimit = "user_session_limit";
/// What asks for a new session (C-SES-1).
inline constexpr std::string_view kCreate = "create";

/// The code in the gateway's error header, or nothing.
std::string_view error_of(const HistoryHeader& header, const Observation& seen);

/// A refusal with this code or this status has a documented cause that is no session's: credentials, a limit on connections, the target,
/// another header, the size of the head. Such a gateway has said nothing of the session yet.
bool has_other_cause(std::string_view code, int status);

/// The request carries no control header but the session's, so that nothing else can have been refused about it.
bool no_other_control(const HistoryHeader& header, const Observation& seen);

/// Refused since it would have been held too long: that is no word about its session (C-PAC-3).
bool refused_by_pacing(const Exchange& exchange);

}  // namespace pinproof::conformance
