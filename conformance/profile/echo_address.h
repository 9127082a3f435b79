// The address that a page says a request came from: any "what is my IP" service, as a profile describes its answer.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "conformance/profile/profile.h"

namespace pinproof::conformance {

/// More of an answer is not looked at: such pages are short, and an expression on a long text is a way to be kept busy.
inline constexpr std::size_t kEchoBytesMax = 4096;

/// What a pattern for answers would have to be, where it is not.
std::optional<std::string> wrong_in_pattern(const std::string& pattern);

/// Reads answers of the origin, which is an echo or a page; a page's has none.
std::function<std::optional<std::string>(std::string_view)> echo_reader(const ProfileOrigin& origin);

}  // namespace pinproof::conformance
