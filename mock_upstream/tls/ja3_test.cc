#include "mock_upstream/tls/ja3.h"

#include <gtest/gtest.h>

#include <string>

namespace pinproof::mock_upstream {
namespace {

std::string counted(std::size_t size_of_length, const std::string& bytes) {
  std::string out;
  for (std::size_t i = size_of_length; i-- > 0;) out += static_cast<char>(bytes.size() >> (8 * i) & 0xffU);
  return out + bytes;
}

std::string hello(const std::string& extensions) {
  const std::string ciphers("\x0a\x0a\x13\x01\xc0\x2b", 6);  // the first is GREASE
  return "\x01" + counted(3, std::string("\x03\x03", 2) + std::string(32, 'r') + counted(1, "session") +
                                 counted(2, ciphers) + counted(1, std::string(1, '\0')) + extensions);
}

std::string extension(std::uint16_t type, const std::string& data) {
  return std::string{static_cast<char>(type >> 8U), static_cast<char>(type & 0xffU)} + counted(2, data);
}

const std::string kExtensions =
    counted(2, extension(0x1a1a, "") + extension(0, "name") +
                   extension(10, counted(2, std::string("\x2a\x2a\0\x1d\0\x17", 6))) +
                   extension(11, counted(1, std::string(1, '\0'))) + extension(17513, "alps"));

TEST(Ja3, NamesWhatTheHelloHasInItsOrder) {
  EXPECT_EQ(ja3_text(hello(kExtensions)), "771,4865-49195,0-10-11-17513,29-23,0");
}

TEST(Ja3, OfAHelloWithoutExtensions) { EXPECT_EQ(ja3_text(hello("")), "771,4865-49195,,,"); }

TEST(Ja3, IsNothingForWhatIsCutOrNoHello) {
  const std::string whole = hello(kExtensions);
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_EQ(ja3_text(whole.substr(0, size)), std::nullopt);
  EXPECT_EQ(ja3_text("\x02" + whole.substr(1)), std::nullopt);
}

}  // namespace
}  // namespace pinproof::mock_upstream
