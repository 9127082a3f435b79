// Which URLs a profile may give for what.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pinproof::conformance {

enum class UrlKind : std::uint8_t {
  kServer,    // a gateway, or where an API is: no path
  kContract,  // plain http: the contracts are for loopback
  kPage,
};

bool is_good_url(std::string_view text, UrlKind kind);

/// What one looks like, for complaints.
std::string words_of(UrlKind kind);

}  // namespace pinproof::conformance
