#include "sim/core/digest.h"

#include <algorithm>
#include <bit>

#include <fmt/core.h>

namespace pinproof::sim {
namespace {

// The five primes of XXH64, as its specification names them.
constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4F;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63;
constexpr std::uint64_t kPrime5 = 0x27D4EB2F165667C5;

constexpr std::size_t kBlock = 32;

/// Little-endian whatever the machine; compilers make one load of it where they can.
std::uint64_t read(const char* bytes, int count) {
  std::uint64_t number = 0;
  for (int i = 0; i < count; ++i) number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return number;
}

std::uint64_t mix_lane(std::uint64_t lane, std::uint64_t input) {
  return std::rotl(lane + input * kPrime2, 31) * kPrime1;
}

std::uint64_t merge_lane(std::uint64_t hash, std::uint64_t lane) {
  return (hash ^ mix_lane(0, lane)) * kPrime1 + kPrime4;
}

}  // namespace

Digest::Digest(std::uint64_t seed)
    : lanes_{seed + kPrime1 + kPrime2, seed + kPrime2, seed, seed - kPrime1}, pending_{}, seed_{seed} {}

void Digest::mix_block(const char* block) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) lanes_[i] = mix_lane(lanes_[i], read(block + 8 * i, 8));
}

void Digest::add(std::string_view bytes) {
  const std::size_t held = size_ % kBlock;
  size_ += bytes.size();
  if (held != 0) {
    const std::size_t taken = std::min(bytes.size(), kBlock - held);
    std::copy_n(bytes.begin(), taken, pending_.begin() + held);
    bytes.remove_prefix(taken);
    if (held + taken < kBlock) return;
    mix_block(pending_.data());
  }
  for (; bytes.size() >= kBlock; bytes.remove_prefix(kBlock)) mix_block(bytes.data());
  std::copy(bytes.begin(), bytes.end(), pending_.begin());
}

void Digest::add_number(std::uint64_t number) {
  std::array<char, 8> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(number >> (8 * i));
  add({bytes.data(), bytes.size()});
}

std::uint64_t Digest::value() const {
  std::uint64_t hash = seed_ + kPrime5;
  if (size_ >= kBlock) {
    hash = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) + std::rotl(lanes_[3], 18);
    for (const std::uint64_t lane : lanes_) hash = merge_lane(hash, lane);
  }
  hash += size_;

  const char* rest = pending_.data();
  std::size_t left = size_ % kBlock;
  for (; left >= 8; left -= 8, rest += 8) hash = std::rotl(hash ^ mix_lane(0, read(rest, 8)), 27) * kPrime1 + kPrime4;
  if (left >= 4) {
    hash = std::rotl(hash ^ (read(rest, 4) * kPrime1), 23) * kPrime2 + kPrime3;
    left -= 4;
    rest += 4;
  }
  for (; left > 0; --left, ++rest) hash = std::rotl(hash ^ (read(rest, 1) * kPrime5), 11) * kPrime1;

  hash = (hash ^ (hash >> 33U)) * kPrime2;
  hash = (hash ^ (hash >> 29U)) * kPrime3;
  return hash ^ (hash >> 32U);
}

std::string Digest::hex() const { return fmt::format("{:016x}", value()); }

std::uint64_t digest_of(std::string_view bytes, std::uint64_t seed) {
  Digest digest{seed};
  digest.add(bytes);
  return digest.value();
}

}  // namespace pinproof::sim
