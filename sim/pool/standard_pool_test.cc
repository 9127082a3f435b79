#include "sim/pool/standard_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace pinproof::sim {
namespace {

struct AskedCase {
  const char* name;
  ExitFilter filter;
  std::size_t matching;
};

class StandardPool : public testing::TestWithParam<AskedCase> {};

TEST_P(StandardPool, HasExitsThatMatchAndExitsThatDoNot) {
  const auto pool = standard_pool();
  ASSERT_EQ(pool.size(), 41U);
  const auto matching =
      std::count_if(pool.begin(), pool.end(), [](const Exit& e) { return GetParam().filter.matches(e); });
  EXPECT_EQ(static_cast<std::size_t>(matching), GetParam().matching);
  EXPECT_GE(matching, 2);
  EXPECT_GE(static_cast<long>(pool.size()) - matching, 2);
}

constexpr auto kRes = ExitType::kResidential;
constexpr auto kMob = ExitType::kMobile;

INSTANTIATE_TEST_SUITE_P(
    Table, StandardPool,
    testing::Values(
        AskedCase{"res", {kRes, "", "", "", {}}, 35}, AskedCase{"mob", {kMob, "", "", "", {}}, 6},
        AskedCase{"us_res", {kRes, "us", "", "", {}}, 15}, AskedCase{"us_mob", {kMob, "us", "", "", {}}, 4},
        AskedCase{"de_res", {kRes, "de", "", "", {}}, 5}, AskedCase{"de_mob", {kMob, "de", "", "", {}}, 2},
        AskedCase{"fr_res", {kRes, "fr", "", "", {}}, 3}, AskedCase{"gb_res", {kRes, "gb", "", "", {}}, 5},
        AskedCase{"br_res", {kRes, "br", "", "", {}}, 5}, AskedCase{"jp_res", {kRes, "jp", "", "", {}}, 2},
        AskedCase{"ca", {kRes, "us", "ca", "", {}}, 7}, AskedCase{"ny", {kRes, "us", "ny", "", {}}, 4},
        AskedCase{"tx", {kRes, "us", "tx", "", {}}, 4}, AskedCase{"la", {kRes, "us", "ca", "la", {}}, 5},
        AskedCase{"sf", {kRes, "us", "ca", "sf", {}}, 2}, AskedCase{"nyc", {kRes, "us", "ny", "nyc", {}}, 4},
        AskedCase{"austin", {kRes, "us", "tx", "austin", {}}, 4}, AskedCase{"asn_7922", {kRes, "us", "", "", 7922}, 5},
        AskedCase{"asn_7018", {kRes, "us", "", "", 7018}, 6}, AskedCase{"asn_20115", {kRes, "us", "", "", 20115}, 4},
        AskedCase{"la_7922", {kRes, "us", "ca", "la", 7922}, 3}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(StandardPool, LargePoolsAreSpreadAlikeWithAnAddressEach) {
  const auto pool = standard_pool(100'000);
  ASSERT_EQ(pool.size(), 100'000U);
  std::set<std::string> addresses;
  for (const Exit& exit : pool) addresses.insert(exit.address);
  EXPECT_EQ(addresses.size(), 100'000U);
  EXPECT_EQ(pool[0].address, "127.20.0.1");
  EXPECT_EQ(pool[249].address, "127.20.0.250");
  EXPECT_EQ(pool[250].address, "127.20.1.1");
  EXPECT_EQ(pool[64'000].address, "127.21.0.1");
  EXPECT_EQ(pool[99'999].address, "127.21.143.250");
  const auto japanese = std::count_if(pool.begin(), pool.end(), [](const Exit& e) { return e.region == "jp"; });
  EXPECT_EQ(japanese, 4'878);  // 2 in each 41
  const auto standard = standard_pool();
  EXPECT_TRUE(std::equal(standard.begin(), standard.end(), pool.begin()));
}

TEST(StandardPool, SmallPoolsAreItsBeginning) {
  EXPECT_TRUE(standard_pool(0).empty());
  EXPECT_EQ(standard_pool(5).back(), standard_pool()[4]);
}

}  // namespace
}  // namespace pinproof::sim
