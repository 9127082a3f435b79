#include "reports/snapshot_testing.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace pinproof::reports {

void expect_snapshot(const std::string& name, const std::string& text) {
  const std::string path = std::string(PINPROOF_SOURCE_DIR) + "/reports/testdata/" + name;
  if (const char* update = std::getenv("PINPROOF_UPDATE_SNAPSHOTS"); update != nullptr && std::string(update) == "1") {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    ASSERT_TRUE(file.good()) << path;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.is_open()) << path << " is missing; PINPROOF_UPDATE_SNAPSHOTS=1 writes it";
  const std::string expected{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(text, expected) << path << "; PINPROOF_UPDATE_SNAPSHOTS=1 rewrites it";
}

}  // namespace pinproof::reports
