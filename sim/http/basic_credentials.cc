#include "sim/http/basic_credentials.h"

#include <array>
#include <cstdint>

#include "sim/http/headers.h"

namespace pinproof::sim {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kInvalid = 0xff;
constexpr std::uint8_t kLargest = 63;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kInvalid);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr auto kValues = make_values();

// RFC 4648, 4, strictly: padded to a multiple of four, and the bits that padding leaves over are zero.
bool decode_into(std::string_view text, std::string& bytes) {
  bytes.clear();
  if (text.size() % 4 != 0) return false;
  if (text.empty()) return true;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bytes.resize(text.size() / 4 * 3);
  char* out = bytes.data();
  const auto value = [](char c) { return std::uint32_t{kValues[static_cast<unsigned char>(c)]}; };
  const char* in = text.data();
  const char* const last = in + text.size() - 4;
  for (; in != last; in += 4, out += 3) {
    const std::uint32_t digits[] = {value(in[0]), value(in[1]), value(in[2]), value(in[3])};
    if ((digits[0] | digits[1] | digits[2] | digits[3]) > kLargest) return false;
    const std::uint32_t group = digits[0] << 18U | digits[1] << 12U | digits[2] << 6U | digits[3];
    out[0] = static_cast<char>(group >> 16U);
    out[1] = static_cast<char>(group >> 8U);
    out[2] = static_cast<char>(group);
  }
  std::uint32_t group = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint32_t digit = i < 4 - padding ? value(last[i]) : 0;
    if (digit > kLargest) return false;
    group = group << 6U | digit;
  }
  if (padding > 0 && (group & (padding == 1 ? 0xffU : 0xffffU)) != 0) return false;
  out[0] = static_cast<char>(group >> 16U);
  if (padding < 2) out[1] = static_cast<char>(group >> 8U);
  if (padding < 1) out[2] = static_cast<char>(group);
  bytes.resize(bytes.size() - padding);
  return true;
}

void append_base64(std::string& text, std::string_view bytes) {
  const std::size_t begin = text.size();
  text.resize(begin + (bytes.size() + 2) / 3 * 4, '=');  // what padding there is stays
  char* out = text.data() + begin;
  const auto digit = [](std::uint32_t group, unsigned shift) { return kAlphabet[group >> shift & 0x3fU]; };
  const auto byte = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(bytes[at])}; };
  std::size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3, out += 4) {
    const std::uint32_t group = byte(at) << 16U | byte(at + 1) << 8U | byte(at + 2);
    out[0] = digit(group, 18);
    out[1] = digit(group, 12);
    out[2] = digit(group, 6);
    out[3] = digit(group, 0);
  }
  if (at == bytes.size()) return;
  const bool two = bytes.size() - at == 2;
  const std::uint32_t group = byte(at) << 16U | (two ? byte(at + 1) << 8U : 0U);
  out[0] = digit(group, 18);
  out[1] = digit(group, 12);
  if (two) out[2] = digit(group, 6);
}

std::optional<std::string_view> after_scheme(std::string_view field, std::string_view scheme) {
  if (field.size() <= scheme.size() || !same_field_name(field.substr(0, scheme.size()), scheme)) return std::nullopt;
  std::string_view rest = field.substr(scheme.size());
  if (rest.front() != ' ') return std::nullopt;
  rest.remove_prefix(rest.find_first_not_of(' ') == std::string_view::npos ? rest.size() : rest.find_first_not_of(' '));
  if (rest.empty()) return std::nullopt;
  return rest;
}

}  // namespace

bool parse_basic(std::string_view field, BasicCredentials& into) {
  const auto encoded = after_scheme(field, "Basic");
  if (!encoded || !decode_into(*encoded, into.user)) return false;
  const auto colon = into.user.find(':');
  if (colon == std::string::npos) return false;
  into.password.assign(into.user, colon + 1);
  into.user.resize(colon);
  return true;
}

std::optional<BasicCredentials> parse_basic(std::string_view field) {
  BasicCredentials credentials;
  if (!parse_basic(field, credentials)) return std::nullopt;
  return credentials;
}

std::string format_basic(std::string_view user, std::string_view password) {
  std::string plain;
  plain.reserve(user.size() + 1 + password.size());
  plain.append(user).append(1, ':').append(password);
  std::string field = "Basic ";
  append_base64(field, plain);
  return field;
}

std::optional<std::string_view> parse_bearer(std::string_view field) { return after_scheme(field, "Bearer"); }

std::string encode_base64(std::string_view bytes) {
  std::string text;
  append_base64(text, bytes);
  return text;
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  if (!decode_into(text, bytes)) return std::nullopt;
  return bytes;
}

}  // namespace pinproof::sim
