#include "sim/world/slab.h"

#include <gtest/gtest.h>

#include <string>

namespace pinproof::sim {
namespace {

TEST(Slab, AHandleKnowsThatItsSlotIsSomebodyElses) {
  Slab<std::string> slab;
  const auto first = slab.acquire();
  slab[first] = "first";
  slab.release(first);
  EXPECT_EQ(slab.find(first), nullptr);
  const auto second = slab.acquire();
  EXPECT_EQ(second.index, first.index);
  EXPECT_NE(second, first);
  EXPECT_EQ(slab.find(first), nullptr);
  EXPECT_NE(slab.find(second), nullptr);
  EXPECT_EQ(slab.live(), 1U);
}

TEST(Slab, ValuesStayWhereTheyAre) {
  Slab<int> slab;
  const auto first = slab.acquire();
  const int* const place = &slab[first];
  for (int i = 0; i < 10'000; ++i) slab.acquire();
  EXPECT_EQ(&slab[first], place);
  EXPECT_EQ(slab.live(), 10'001U);
}

TEST(Slab, NoHandleIsFound) {
  Slab<int> slab;
  slab.acquire();
  EXPECT_EQ(slab.find({}), nullptr);
  EXPECT_EQ(slab.find({0, 0}), nullptr);
}

TEST(SlabDeathTest, ASlotIsReleasedOnce) {
  Slab<int> slab;
  const auto handle = slab.acquire();
  slab.release(handle);
  EXPECT_DEATH(slab.release(handle), "slot 0, which is no longer the caller's");
}

}  // namespace
}  // namespace pinproof::sim
