// User names as a vocabulary spells them: put together from parts to send, and taken apart again to compare with a listing.
//
//   helo_{account}-type-{type}-region-{region}[-state-{state}][-session-{session}][-sesstime-{minutes}]
//
// A [group] is left out when its parts are all empty.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pinproof::conformance {

/// account, type, region, state, city, asn, session, minutes.
bool is_user_name_part(std::string_view name);

using UserNameParts = std::map<std::string, std::string, std::less<>>;

/// What is wrong with a template, or nothing.
std::optional<std::string> wrong_in_template(std::string_view text);

/// The user name with those parts; a part that is not there is empty. "{account}" stays as it is, the target puts it in.
std::string fill_template(std::string_view text, const UserNameParts& parts);

/// The parts that a user name says, by the template's literal texts; a part is what stands between its literal and the next one
/// that occurs. Empty parts are left out. For user names that fill_template made.
UserNameParts parts_of_user_name(std::string_view text, std::string_view user_name);

}  // namespace pinproof::conformance
