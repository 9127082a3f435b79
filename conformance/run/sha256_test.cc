#include "conformance/run/sha256.h"

#include <gtest/gtest.h>

#include <fstream>

namespace pinproof::conformance {
namespace {

std::filesystem::path file_with(const std::string& text) {
  const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "pinproof_sha256_test";
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

// FIPS 180-2, appendix B.
TEST(Sha256, OfKnownTexts) {
  EXPECT_EQ(sha256_of_file(file_with("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of_file(file_with("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_of_file(file_with(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(sha256_of_file(file_with("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, OfWhatIsNoFile) {
  EXPECT_EQ(sha256_of_file(testing::TempDir()), std::nullopt);
  EXPECT_EQ(sha256_of_file(std::filesystem::path(testing::TempDir()) / "pinproof" / "none"), std::nullopt);
}

}  // namespace
}  // namespace pinproof::conformance
