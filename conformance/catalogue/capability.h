// What a target lets the harness do and see. A requirement needs some of these; on a target without them it is not
// testable there, which is reported and never counted as passed.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace pinproof::conformance {

enum class Capability : std::uint8_t {
  kTime,      // the clock is controllable, or the wall clock may be waited for
  kDrop,      // the harness can make an exit vanish
  kExits,     // the harness sees which exit served a request
  kAttempts,  // the harness sees how often an upstream was tried
  kApi,       // the sessions API can be reached
  kAccounts,  // two sets of credentials
  kWire,      // real bytes: malformed heads, slow clients
  kTls,
};

inline constexpr std::array kAllCapabilities{Capability::kTime,     Capability::kDrop, Capability::kExits,
                                             Capability::kAttempts, Capability::kApi,  Capability::kAccounts,
                                             Capability::kWire,     Capability::kTls};

/// "time", "drop", "exits", "attempts", "api", "accounts", "wire", "tls".
std::string_view to_string(Capability capability);
std::optional<Capability> parse_capability(std::string_view text);

/// A set of capabilities.
class Capabilities {
 public:
  constexpr Capabilities() = default;
  constexpr Capabilities(std::initializer_list<Capability> capabilities) {
    for (const Capability capability : capabilities) add(capability);
  }

  constexpr void add(Capability capability) { bits_ = static_cast<std::uint8_t>(bits_ | bit(capability)); }
  constexpr void remove(Capability capability) { bits_ = static_cast<std::uint8_t>(bits_ & ~bit(capability)); }
  constexpr bool has(Capability capability) const { return (bits_ & bit(capability)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }

  constexpr bool includes(Capabilities others) const { return others.without(*this).empty(); }

  /// What is here and not in `others`: `needs.without(offered)` is what a target lacks.
  constexpr Capabilities without(Capabilities others) const {
    Capabilities rest;
    rest.bits_ = static_cast<std::uint8_t>(bits_ & ~others.bits_);
    return rest;
  }

  constexpr bool operator==(const Capabilities&) const = default;

 private:
  static constexpr unsigned bit(Capability capability) { return 1U << static_cast<unsigned>(capability); }

  std::uint8_t bits_ = 0;
};

/// "exits, time", in the order of the enumeration; "" for none.
std::string to_string(Capabilities capabilities);

}  // namespace pinproof::conformance
