// G-3, as far as a history of requests shows it: a head that is malformed, or larger than any server has to take, ends in a clear error or
// a close, and never in a wait. That others go on undisturbed is what all other requirements say of them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "conformance/judge/forwarding/forwarding_rules.h"

namespace pinproof::conformance {
namespace {

constexpr std::size_t kHeadLarge = 64 * 1024;  // bytes; servers commonly take 8 KiB to 64 KiB

// By character: every name of every request is looked at.
constexpr std::array<bool, 256> kInTokens = [] {
  std::array<bool, 256> in{};
  for (unsigned char c = '0'; c <= '9'; ++c) in[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) in[c] = in[c - 'a' + 'A'] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) in[static_cast<unsigned char>(c)] = true;
  return in;
}();

bool token_character(char c) { return kInTokens[static_cast<unsigned char>(c)]; }

bool is_token(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), token_character); }

bool breaks_line(char c) { return c == '\r' || c == '\n' || c == '\0'; }

bool breaks_target(char c) { return c == ' ' || breaks_line(c); }

// RFC 9110, 5 and 9; RFC 9112, 3.
std::string_view malformed(const Observation& seen) {
  if (seen.shape == RequestShape::kGarbage) return "it is no HTTP";
  if (seen.shape == RequestShape::kTwoLengths) return "it has two lengths";
  if (seen.shape == RequestShape::kHalfHead) return "its head never ends";
  if (!is_token(seen.method)) return "its method is no token";
  if (std::any_of(seen.path.begin(), seen.path.end(), breaks_target)) return "its target breaks the request line";
  for (const auto [name, value] : seen.sent) {
    if (!is_token(name)) return "the name of a header is no token";
    if (std::any_of(value.begin(), value.end(), breaks_line)) return "the value of a header breaks its line";
  }
  return {};
}

// Of two lengths a proxy may take one out and hand the request on (RFC 9112, 6.3): then it is malformed no more.
bool made_sound(const Exchange& exchange) {
  if (exchange.seen.shape != RequestShape::kTwoLengths) return false;
  return std::none_of(exchange.origin.begin(), exchange.origin.end(), [](const OriginSaw& saw) {
    return saw.headers.has("Content-Length") && saw.headers.has("Transfer-Encoding");
  });
}

std::size_t head_bytes(const Observation& seen) {
  std::size_t bytes = seen.method.size() + seen.path.size() + seen.user_name.size();
  for (const auto [name, value] : seen.sent) bytes += name.size() + value.size();
  return bytes;
}

}  // namespace

void g_3(const HistoryHeader&, const Exchange& exchange, Holdings& holdings) {
  const Observation& seen = exchange.seen;
  const std::string_view why = malformed(seen);
  const std::size_t bytes = seen.shape == RequestShape::kHeadTooLarge ? kHeadLarge : head_bytes(seen);
  if (why.empty() && bytes < kHeadLarge) return;
  const std::string what =
      why.empty() ? fmt::format("a head of {} bytes", bytes) : fmt::format("a request that is malformed ({})", why);
  switch (exchange.fate) {
    case Fate::kRefused:
    case Fate::kFailed:
    case Fate::kClosed:
      return held(holdings, "G-3");
    case Fate::kServed:
    case Fate::kCutShort:
      if (why.empty() || made_sound(exchange)) return held(holdings, "G-3");
      return broken(holdings, "G-3", what + " reached the origin and was answered");
    case Fate::kUnknown:
      if (seen.end == AnswerEnd::kTimedOut) broken(holdings, "G-3", what + " got neither an error nor a close");
  }
}

}  // namespace pinproof::conformance
