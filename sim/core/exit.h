// What is publicly known of a residential exit: its address and where it is. Whether it is up is the pool's affair; a gateway
// knows these descriptions and learns of a loss only by trying.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pinproof::sim {

/// An exit's place in the list of exits, the same for the pool, the gateway and the history.
enum class ExitId : std::uint32_t {};
inline constexpr ExitId kNoExit{0xffffffffU};

constexpr std::size_t index_of(ExitId exit) { return static_cast<std::size_t>(exit); }

enum class ExitType : std::uint8_t { kResidential, kMobile };

/// "res" or "mob", as user names and the exits contract say it.
std::string_view to_string(ExitType type);
std::optional<ExitType> parse_exit_type(std::string_view text);

struct Exit {
  std::string address;  // "127.20.0.1"
  std::uint16_t port = 3128;
  ExitType type = ExitType::kResidential;
  std::string region;  // lower-case ISO 3166-1 alpha-2
  std::string state;   // lower-case ISO 3166-2 suffix
  std::string city;    // slug
  std::uint32_t asn = 0;

  bool operator==(const Exit&) const = default;
};

/// What a request asks of its exit. A field that is absent matches every exit (H-ROT-5, H-PIN-5).
struct ExitFilter {
  std::optional<ExitType> type;
  std::string region;  // empty: any
  std::string state;   // empty: any
  std::string city;    // empty: any
  std::optional<std::uint32_t> asn;

  bool matches(const Exit& exit) const;
  bool operator==(const ExitFilter&) const = default;
};

}  // namespace pinproof::sim
