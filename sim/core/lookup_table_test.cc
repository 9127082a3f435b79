#include "sim/core/lookup_table.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "sim/core/random.h"

namespace pinproof::sim {
namespace {

// What cannot be walked cannot be observed in hash order.
template <class Table>
concept CanBeWalked = requires(Table& table) {
  table.begin();
}
|| requires(Table& table) { *std::begin(table); };

struct TextOf {
  const std::vector<std::string>* texts;
  std::string_view operator()(std::uint32_t slot) const { return (*texts)[slot]; }
};

static_assert(!CanBeWalked<LookupTable<int, int>> && !CanBeWalked<SlotLookup<TextOf>>);

TEST(LookupTable, FindsWhatWasInserted) {
  LookupTable<std::string, int> table;
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(table.find("alice"), nullptr);
  EXPECT_TRUE(table.insert("alice", 1));
  EXPECT_TRUE(table.insert("bob", 2));
  ASSERT_NE(table.find(std::string_view{"alice"}), nullptr);
  EXPECT_EQ(*table.find("alice"), 1);
  EXPECT_EQ(*std::as_const(table).find("bob"), 2);
  *table.find("bob") = 3;
  EXPECT_EQ(*table.find("bob"), 3);
  EXPECT_EQ(table.size(), 2U);
}

TEST(LookupTable, KeepsTheFirstValueOfAKey) {
  LookupTable<std::string, int> table;
  EXPECT_TRUE(table.insert("alice", 1));
  EXPECT_FALSE(table.insert("alice", 2));
  EXPECT_EQ(*table.find("alice"), 1);
  EXPECT_EQ(table.size(), 1U);
}

TEST(LookupTable, ForgetsWhatWasErased) {
  LookupTable<std::string, int> table;
  table.insert("alice", 1);
  EXPECT_FALSE(table.erase("bob"));
  EXPECT_TRUE(table.erase(std::string_view{"alice"}));
  EXPECT_FALSE(table.erase("alice"));
  EXPECT_EQ(table.find("alice"), nullptr);
  EXPECT_TRUE(table.insert("alice", 2));
  EXPECT_EQ(*table.find("alice"), 2);
}

TEST(LookupTable, AgreesWithAnOrderedMapOverALongMixedRun) {
  Random random{11};
  LookupTable<std::uint64_t, std::uint64_t> table;
  std::map<std::uint64_t, std::uint64_t> model;
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t key = random.below(5'000) << 32U;
    switch (random.below(3)) {
      case 0:
        ASSERT_EQ(table.insert(key, i), model.emplace(key, i).second);
        break;
      case 1:
        ASSERT_EQ(table.erase(key), model.erase(key) == 1);
        break;
      default: {
        const std::uint64_t* found = table.find(key);
        ASSERT_EQ(found != nullptr, model.contains(key));
        ASSERT_TRUE(found == nullptr || *found == model.at(key));
      }
    }
    ASSERT_EQ(table.size(), model.size());
  }
}

TEST(LookupTable, DoesNotGrowWithinWhatWasReserved) {
  LookupTable<std::uint64_t, std::uint64_t> table;
  table.reserve(100'000);
  const std::size_t reserved = table.memory_bytes();
  for (std::uint64_t key = 0; key < 100'000; ++key) table.insert(key, key);
  EXPECT_EQ(table.memory_bytes(), reserved);
  EXPECT_GE(reserved, 100'000U * 17);
  // A power of two of groups at seven eighths full: never more than 2 x 8/7 places an entry.
  EXPECT_LE(reserved, 100'000U * 17 * 16 / 7);
}

TEST(LookupTable, DoesNotGrowUnderChurn) {
  LookupTable<std::uint64_t, std::uint64_t> table;
  for (std::uint64_t key = 0; key < 1'000; ++key) table.insert(key, key);
  const std::size_t before = table.memory_bytes();
  for (std::uint64_t key = 0; key < 500'000; ++key) {
    table.erase(key);
    table.insert(key + 1'000, key);
  }
  EXPECT_EQ(table.size(), 1'000U);
  EXPECT_LE(table.memory_bytes(), 2 * before);
}

TEST(SlotLookup, FindsASlotByTheTextItsOwnerKeeps) {
  std::vector<std::string> texts{"customer-alice", "customer-bob", "customer-carol"};
  SlotLookup<TextOf> slots{TextOf{&texts}};
  EXPECT_TRUE(slots.insert(0));
  EXPECT_TRUE(slots.insert(1));
  EXPECT_EQ(slots.find("customer-carol"), nullptr);
  ASSERT_NE(slots.find("customer-bob"), nullptr);
  EXPECT_EQ(*slots.find("customer-bob"), 1U);

  texts.emplace_back("customer-bob");
  EXPECT_FALSE(slots.insert(3)) << "the same text in another slot";
  EXPECT_TRUE(slots.erase(1));
  EXPECT_FALSE(slots.erase(1));
  EXPECT_TRUE(slots.insert(3));
  EXPECT_EQ(*slots.find("customer-bob"), 3U);
  EXPECT_EQ(slots.size(), 2U);
}

TEST(SlotLookup, CostsAFewBytesASlotWhateverTheText) {
  std::vector<std::string> texts;
  for (int i = 0; i < 100'000; ++i) texts.push_back("customer-with-a-rather-long-name-sessid-" + std::to_string(i));
  SlotLookup<TextOf> slots{TextOf{&texts}};
  for (std::uint32_t slot = 0; slot < texts.size(); ++slot) ASSERT_TRUE(slots.insert(slot));
  for (std::uint32_t slot = 0; slot < texts.size(); ++slot) ASSERT_EQ(*slots.find(texts[slot]), slot);
  EXPECT_LE(slots.memory_bytes(), 12U * texts.size());
}

}  // namespace
}  // namespace pinproof::sim
