// A 64-bit digest of bytes, for golden values: of whole runs, of bodies, of histories. The algorithm is XXH64 and stays
// XXH64, so that a digest printed by one version can be compared with another's, and checked with any `xxhsum -H64`. It
// finds differences; it does not resist forgery.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pinproof::sim {

class Digest {
 public:
  explicit Digest(std::uint64_t seed = 0);

  /// The digest depends on the bytes and their order, not on how they were cut into calls: add a length or a separator
  /// where the cut means something.
  void add(std::string_view bytes);

  /// Eight bytes, least significant first, on every machine.
  void add_number(std::uint64_t number);

  /// Of all that was added so far; more may follow.
  std::uint64_t value() const;

  /// value() as 16 lower-case hexadecimal digits.
  std::string hex() const;

 private:
  void mix_block(const char* block);

  std::array<std::uint64_t, 4> lanes_;
  std::array<char, 32> pending_;  // the last size_ % 32 bytes
  std::uint64_t seed_;
  std::uint64_t size_ = 0;
};

/// The digest of `bytes` alone.
std::uint64_t digest_of(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace pinproof::sim
