#include "sim/core/digest.h"

#include <gtest/gtest.h>

#include "sim/core/random.h"

namespace pinproof::sim {
namespace {

/// The bytes on which xxHash's own sanity check computes its vectors.
std::string reference_bytes(std::size_t size) {
  std::string bytes;
  for (std::uint64_t generator = 2654435761U; bytes.size() < size; generator *= 11400714785074694797U) {
    bytes += static_cast<char>(generator >> 56U);
  }
  return bytes;
}

TEST(Digest, GivesTheReferenceVectorsOfXxh64) {
  constexpr std::uint64_t kSeed = 2654435761U;
  const struct {
    std::size_t size;
    std::uint64_t seed;
    std::uint64_t digest;
  } kVectors[] = {
      {0, 0, 0xEF46DB3751D8E999},      {0, kSeed, 0xAC75FDA2929B17EF}, {1, 0, 0xE934A84ADB052768},
      {1, kSeed, 0x5014607643A9B4C3},  {4, 0, 0x9136A0DCA57457EE},     {14, 0, 0x8282DCC4994E35C8},
      {14, kSeed, 0xC3BD6BF63DEB6DF0}, {222, 0, 0xB641AE8CB691C174},   {222, kSeed, 0x20CB8AB7AE10C14A},
  };
  for (const auto& [size, seed, digest] : kVectors) {
    EXPECT_EQ(digest_of(reference_bytes(size), seed), digest) << size << " bytes, seed " << seed;
  }
  EXPECT_EQ(digest_of("a"), 0xD24EC4F1A98C6E5BU);
  EXPECT_EQ(digest_of("abc"), 0x44BC2CF5AD770999U);
}

TEST(Digest, DoesNotDependOnHowTheBytesWereCut) {
  Random random{3};
  const std::string bytes = reference_bytes(222);
  for (int round = 0; round < 2'000; ++round) {
    Digest digest;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t length = random.below(round % 70 + 2);  // empty pieces too
      digest.add(std::string_view{bytes}.substr(at, length));
      at += length;
    }
    ASSERT_EQ(digest.value(), 0xB641AE8CB691C174) << "round " << round;
  }
}

TEST(Digest, AddsNumbersLeastSignificantByteFirst) {
  Digest numbers;
  numbers.add_number(0x6867666564636261);
  EXPECT_EQ(numbers.value(), digest_of("abcdefgh"));
}

TEST(Digest, IsWrittenInSixteenHexadecimalDigits) {
  Digest digest;
  EXPECT_EQ(digest.hex(), "ef46db3751d8e999");
  digest.add("abc");
  EXPECT_EQ(digest.hex(), "44bc2cf5ad770999");
  digest.add("");
  EXPECT_EQ(digest.hex(), "44bc2cf5ad770999");

  // The first number whose digest begins with a zero, which must not be dropped.
  std::uint64_t number = 0;
  const auto digest_of_number = [](std::uint64_t n) {
    Digest of_number;
    of_number.add_number(n);
    return of_number;
  };
  while (digest_of_number(number).value() >> 60U != 0) ++number;
  EXPECT_EQ(digest_of_number(number).hex().size(), 16U);
  EXPECT_EQ(digest_of_number(number).hex().front(), '0');
}

TEST(Digest, OneChangedBitChangesAboutHalfOfTheBits) {
  std::string bytes = reference_bytes(100);
  const std::uint64_t before = digest_of(bytes);
  int changed = 0;
  for (char& byte : bytes) {
    byte = static_cast<char>(byte ^ 1);
    const int bits = __builtin_popcountll(before ^ digest_of(bytes));
    EXPECT_GT(bits, 10);
    changed += bits;
    byte = static_cast<char>(byte ^ 1);
  }
  EXPECT_GT(changed, 3'000);
  EXPECT_LT(changed, 3'400);
}

}  // namespace
}  // namespace pinproof::sim
