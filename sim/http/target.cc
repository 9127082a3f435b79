#include "sim/http/target.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "sim/http/headers.h"

namespace pinproof::sim {
namespace {

constexpr std::size_t kHostMax = 255;  // of a domain name (RFC 1035, 2.3.4); addresses are shorter

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Objects, not functions: an algorithm that is given one is compiled for it.
constexpr auto is_visible = [](char c) { return c > ' ' && c <= '~'; };

// unreserved and sub-delims of RFC 3986. Its percent escapes are left out: no name of a host needs one, and a host that can be written
// in two ways passes by a list of hosts.
constexpr auto kHostCharacters = [] {
  std::array<bool, 256> members{};
  for (unsigned byte = 0; byte < members.size(); ++byte) {
    const auto c = static_cast<char>(byte);
    members[byte] =
        is_digit(c) || is_letter(c) || std::string_view("-._~!$&'()*+,;=").find(c) != std::string_view::npos;
  }
  return members;
}();

constexpr auto is_host_character = [](char c) { return kHostCharacters[static_cast<unsigned char>(c)]; };

constexpr auto is_address_character = [](char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
};

// How long the host at the front of `authority` is; zero when none is there.
std::size_t host_length(std::string_view authority) {
  if (authority.starts_with('[')) {
    const auto closing = authority.find(']');
    if (closing == std::string_view::npos) return 0;
    const std::string_view address = authority.substr(1, closing - 1);
    const bool good = address.find(':') != std::string_view::npos &&
                      std::all_of(address.begin(), address.end(), is_address_character);
    return good ? closing + 1 : 0;
  }
  const auto end = std::find_if_not(authority.begin(), authority.end(), is_host_character);
  return static_cast<std::size_t>(end - authority.begin());
}

bool read_port(std::string_view digits, std::uint16_t& port) {
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc{} && end == digits.data() + digits.size() && port != 0;
}

bool read_host_and_port(std::string_view authority, bool port_required, RequestTarget& target) {
  const std::size_t length = host_length(authority);
  if (length == 0 || length > kHostMax) return false;
  target.host = authority.substr(0, length);
  const std::string_view rest = authority.substr(length);
  if (rest.empty()) return !port_required;
  if (rest.front() != ':') return false;
  if (rest.size() == 1) return !port_required;  // "host:" has the default port (RFC 3986, 3.2.3)
  return read_port(rest.substr(1), target.port);
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!same_field_name(text.substr(0, prefix.size()), prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::string_view without_final_dot(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

}  // namespace

std::optional<RequestTarget> parse_absolute_form(std::string_view text) {
  RequestTarget target;
  if (take_prefix(text, "https://")) {
    target.encrypted = true;
    target.port = 443;
  } else if (!take_prefix(text, "http://")) {
    return std::nullopt;
  }
  const auto authority_end =
      std::find_if(text.begin(), text.end(), [](char c) { return c == '/' || c == '?' || c == '#'; });
  const std::string_view authority = text.substr(0, static_cast<std::size_t>(authority_end - text.begin()));
  if (!read_host_and_port(authority, false, target)) return std::nullopt;
  target.path = text.substr(authority.size());
  if (target.path.empty()) target.path = "/";
  const bool good = target.path.front() == '/' && target.path.find('#') == std::string_view::npos &&
                    std::all_of(target.path.begin(), target.path.end(), is_visible);
  if (!good) return std::nullopt;
  return target;
}

std::optional<RequestTarget> parse_authority_form(std::string_view text) {
  RequestTarget target;
  if (!read_host_and_port(text, true, target)) return std::nullopt;
  return target;
}

bool within_domain(std::string_view host, std::string_view domain) {
  host = without_final_dot(host);
  if (host.size() < domain.size() || !same_field_name(host.substr(host.size() - domain.size()), domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

std::string comparable_host(std::string_view host) {
  std::string compared(without_final_dot(host));
  for (char& c : compared) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return compared;
}

std::optional<std::string_view> query_value(std::string_view path, std::string_view key) {
  const auto query = path.find('?');
  if (query == std::string_view::npos) return std::nullopt;
  std::string_view rest = path.substr(query + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(pair.size() == rest.size() ? pair.size() : pair.size() + 1);
    const auto equals = pair.find('=');
    if (pair.substr(0, equals) != key) continue;
    return equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
  }
  return std::nullopt;
}

}  // namespace pinproof::sim
