#include "mock_upstream/net/open_files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace pinproof::mock_upstream {
namespace {

TEST(OpenFiles, RaisesTheSoftLimitAndSaysWhatTheHardOneForbids) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit low = before;
  low.rlim_cur = 64;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  EXPECT_EQ(provide_open_files(65), std::nullopt);
  rlimit after{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &after), 0);
  EXPECT_EQ(after.rlim_cur, before.rlim_max);
  if (before.rlim_max == RLIM_INFINITY) GTEST_SKIP() << "no hard limit here";
  const auto complaint = provide_open_files(before.rlim_max + 1);
  ASSERT_TRUE(complaint.has_value());
  EXPECT_NE(complaint->find("needs " + std::to_string(before.rlim_max + 1) + " open files"), std::string::npos);
  EXPECT_NE(complaint->find("hard limit is " + std::to_string(before.rlim_max)), std::string::npos);
}

}  // namespace
}  // namespace pinproof::mock_upstream
