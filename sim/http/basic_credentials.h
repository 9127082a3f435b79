// The credentials of an Authorization or Proxy-Authorization field of the Basic scheme (RFC 7617).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinproof::sim {

struct BasicCredentials {
  std::string user;
  std::string password;

  bool operator==(const BasicCredentials&) const = default;
};

/// Reads "Basic BASE64". Nothing when the scheme differs, the base64 is not well formed (padding included), or there is no colon.
/// The text may hold any bytes.
std::optional<BasicCredentials> parse_basic(std::string_view field);

/// The same, into an object whose buffers are used again; false where parse_basic gives nothing.
bool parse_basic(std::string_view field, BasicCredentials& into);

std::string format_basic(std::string_view user, std::string_view password);

/// The token of "Bearer TOKEN" (RFC 6750), or nothing.
std::optional<std::string_view> parse_bearer(std::string_view field);

std::string encode_base64(std::string_view bytes);
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace pinproof::sim
