#include "sim/core/random.h"

#include <bit>

#include "sim/core/check.h"
#include "sim/core/digest.h"

namespace pinproof::sim {
namespace {

__extension__ using Wide = unsigned __int128;  // products of two 64-bit numbers; -Wpedantic wants the mark

/// One step of splitmix64, which is how xoshiro's authors fill its state from one number.
std::uint64_t splitmix(std::uint64_t& state) {
  std::uint64_t mixed = state += 0x9E3779B97F4A7C15;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EB;
  return mixed ^ (mixed >> 31U);
}

// Of logarithms. 2^-40 of an hour's mean is 3 ns.
constexpr unsigned kFractionBits = 40;

// ln 2, times 2^64 and rounded down.
constexpr std::uint64_t kNaturalLogOf2 = 0xB17217F7D1CF79AB;

/// -log2(numerator / 2^63) in units of 2^-kFractionBits, for a numerator in [1, 2^63]. Squaring a mantissa doubles its
/// logarithm, so that each squaring yields one binary digit. No floating point: the last bit of a library's log() is
/// the library's own.
std::uint64_t minus_log2(std::uint64_t numerator) {
  const auto whole = static_cast<unsigned>(std::bit_width(numerator)) - 1;
  std::uint64_t mantissa = numerator << (63 - whole);  // in [1, 2), times 2^63
  std::uint64_t log2 = whole;
  for (unsigned i = 0; i < kFractionBits; ++i) {
    const Wide square = Wide{mantissa} * mantissa;  // in [1, 4), times 2^126
    const auto digit = static_cast<std::uint64_t>(square >> 127U);
    mantissa = static_cast<std::uint64_t>(square >> (63U + digit));
    log2 = log2 << 1U | digit;
  }
  return (std::uint64_t{63} << kFractionBits) - log2;
}

}  // namespace

Random::Random(std::uint64_t seed) : seed_{seed}, state_{} {
  for (std::uint64_t& word : state_) word = splitmix(seed);
}

Random Random::split(std::string_view purpose) const { return Random{digest_of(purpose, seed_)}; }

std::uint64_t Random::bits() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::uint64_t Random::below(std::uint64_t bound) {
  PINPROOF_CHECK(bound >= 1, "below({})", bound);
  // Lemire's method: the high half of a product is the draw, and the low half says whether it is one of the few that
  // would favour small numbers and must be drawn again; the division is needed only near that edge.
  Wide product = Wide{bits()} * bound;
  if (static_cast<std::uint64_t>(product) < bound) {
    const std::uint64_t surplus = (0 - bound) % bound;
    while (static_cast<std::uint64_t>(product) < surplus) product = Wide{bits()} * bound;
  }
  return static_cast<std::uint64_t>(product >> 64U);
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
  PINPROOF_CHECK(low <= high, "between({}, {})", low, high);
  const std::uint64_t count = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
  const std::uint64_t offset = count == 0 ? bits() : below(count);  // 0: all 2^64 numbers
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + offset);
}

bool Random::chance(std::uint64_t numerator, std::uint64_t denominator) {
  PINPROOF_CHECK(denominator >= 1 && numerator <= denominator, "chance({}, {})", numerator, denominator);
  return below(denominator) < numerator;
}

Duration Random::exponential(Duration mean) {
  PINPROOF_CHECK(mean > Duration::zero(), "exponential({} ns)", mean.count());
  const std::uint64_t uniform = (bits() >> 1U) + 1;  // in (0, 1], times 2^63
  const auto minus_ln = static_cast<std::uint64_t>(Wide{minus_log2(uniform)} * kNaturalLogOf2 >> 64U);
  const Wide scaled = (Wide{static_cast<std::uint64_t>(mean.count())} * minus_ln) >> kFractionBits;
  if (scaled == 0) return Duration{1};
  if (scaled > static_cast<std::uint64_t>(Duration::max().count())) return Duration::max();
  return Duration{static_cast<std::int64_t>(scaled)};
}

}  // namespace pinproof::sim
