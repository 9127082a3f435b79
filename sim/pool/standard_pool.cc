#include "sim/pool/standard_pool.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "sim/core/check.h"

namespace pinproof::sim {
namespace {

struct Place {
  std::size_t exits;
  ExitType type;
  std::string_view region;
  std::string_view state;
  std::string_view city;
  std::uint32_t asn;
};

constexpr auto kRes = ExitType::kResidential;
constexpr auto kMob = ExitType::kMobile;

// clang-format off
constexpr std::array kPlaces = {
    Place{3, kRes, "us", "ca", "la", 7922},
    Place{2, kRes, "us", "ca", "la", 7018},
    Place{2, kRes, "us", "ca", "sf", 7018},
    Place{2, kRes, "us", "ny", "nyc", 7922},
    Place{2, kRes, "us", "ny", "nyc", 20115},
    Place{2, kRes, "us", "tx", "austin", 7018},
    Place{2, kRes, "us", "tx", "austin", 20115},
    Place{2, kMob, "us", "ca", "la", 21928},
    Place{2, kMob, "us", "ny", "nyc", 21928},
    Place{3, kRes, "de", "be", "berlin", 3320},
    Place{2, kRes, "de", "by", "munich", 3209},
    Place{2, kMob, "de", "be", "berlin", 6805},
    Place{3, kRes, "fr", "idf", "paris", 3215},
    Place{3, kRes, "gb", "eng", "london", 2856},
    Place{2, kRes, "gb", "sct", "edinburgh", 5089},
    Place{3, kRes, "br", "sp", "saopaulo", 28573},
    Place{2, kRes, "br", "rj", "riodejaneiro", 28573},
    Place{2, kRes, "jp", "13", "tokyo", 2516},
};
// clang-format on

constexpr std::size_t count_exits() {
  std::size_t exits = 0;
  for (const Place& place : kPlaces) exits += place.exits;
  return exits;
}

// .0 and .255 are left out, and a round number of addresses a net is easier to read.
constexpr std::size_t kAddressesPerNet = 250;

std::string address(std::size_t place) {
  const std::size_t net = place / kAddressesPerNet;
  return fmt::format("127.{}.{}.{}", 20 + net / 256, net % 256, 1 + place % kAddressesPerNet);
}

}  // namespace

std::vector<Exit> standard_pool() { return standard_pool(count_exits()); }

std::vector<Exit> standard_pool(std::size_t exits) {
  PINPROOF_CHECK(exits <= kStandardPoolMax, "a pool of {} exits, {} at most", exits, kStandardPoolMax);
  std::vector<Exit> pool;
  pool.reserve(exits);
  while (pool.size() < exits) {
    for (const Place& place : kPlaces) {
      for (std::size_t i = 0; i < place.exits && pool.size() < exits; ++i) {
        pool.push_back({.address = address(pool.size()),
                        .type = place.type,
                        .region = std::string(place.region),
                        .state = std::string(place.state),
                        .city = std::string(place.city),
                        .asn = place.asn});
      }
    }
  }
  return pool;
}

}  // namespace pinproof::sim
