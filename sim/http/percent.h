// Percent-encoding (RFC 3986, 2.1): for whatever goes into a path segment or a query value as data, and comes out of one. A name that a
// client made up may hold spaces, slashes and percent signs; unescaped, they would be part of the request's own syntax.
#pragma once

#include <string>
#include <string_view>

namespace pinproof::sim {

/// Every byte but letters, digits and "-._~" (the unreserved ones, which mean the same escaped or not) as "%XX", in capitals.
std::string percent_encoded(std::string_view text);

/// Each "%XX" as its byte. A percent sign without two hexadecimal digits behind it stands for itself.
std::string percent_decoded(std::string_view text);

}  // namespace pinproof::sim
