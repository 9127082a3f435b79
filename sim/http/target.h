// Where a request is to go: the request target of RFC 9112, 3.2, taken apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pinproof::sim {

struct RequestTarget {
  bool encrypted = false;  // https
  std::string_view host;   // as written, an IPv6 address with its brackets; a view into the text given
  std::uint16_t port = 80;
  std::string_view path;  // with the query, begins with '/'; empty for authority-form
};

/// absolute-form, "http://host[:port][/path][?query]". Refused: user information, fragments, port 0 and beyond 65535, percent escapes in
/// the host, a query without a path, spaces, control characters and bytes that are not ASCII. What else is visible may stand in the path,
/// as browsers put it there, and is passed on unchanged.
std::optional<RequestTarget> parse_absolute_form(std::string_view text);

/// authority-form, "host:port", as CONNECT has it; the port is required.
std::optional<RequestTarget> parse_authority_form(std::string_view text);

/// True for the domain itself and for every name below it. Letters compare without case, and a host's final dot is none of its name.
bool within_domain(std::string_view host, std::string_view domain);

/// A host as it is compared: in lower case, without a final dot.
std::string comparable_host(std::string_view host);

/// The value of `key` in a query string ("/path?a=1&b=2"), undecoded; nothing when it is not there.
std::optional<std::string_view> query_value(std::string_view path, std::string_view key);

}  // namespace pinproof::sim
