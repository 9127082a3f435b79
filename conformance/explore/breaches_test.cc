#include "conformance/explore/breaches.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

Breach breach(const std::string& requirement, const std::string& signature, std::uint64_t number) {
  return {requirement, signature, {true, "", number}, {}};
}

TEST(Breaches, OfEachThingTheFirstCase) {
  Breaches breaches;
  breaches.offer(breach("H-PIN-2", "aaaaaaaa", 9));
  breaches.offer(breach("H-PIN-2", "aaaaaaaa", 4));
  breaches.offer(breach("H-PIN-2", "aaaaaaaa", 7));
  breaches.offer(breach("H-PIN-2", "bbbbbbbb", 3));
  const std::vector<Breach> ordered = breaches.ordered();
  ASSERT_EQ(ordered.size(), 2U);
  EXPECT_EQ(ordered[0].signature, "bbbbbbbb");
  EXPECT_EQ(ordered[1].origin.number, 4U);
}

TEST(Breaches, ACaseOfTheCorpusComesFirst) {
  Breaches breaches;
  breaches.offer(breach("H-PIN-2", "aaaaaaaa", 0));
  EXPECT_TRUE(breaches.wants("H-PIN-2", "aaaaaaaa", {false, "00ff00ff00ff00ff", 0}));
  EXPECT_FALSE(breaches.wants("H-PIN-2", "aaaaaaaa", {true, "", 0}));
  EXPECT_EQ(words_of({false, "00ff00ff00ff00ff", 0}), "case 00ff00ff00ff00ff of the corpus");
  EXPECT_EQ(words_of({true, "", 17}), "case 17");
}

// However many there are, and in whatever order: the hundred with the first cases.
TEST(Breaches, AHundredAtMost) {
  Breaches forwards;
  Breaches backwards;
  for (std::uint64_t number = 0; number < 250; ++number) {
    forwards.offer(breach("H-PIN-2", std::to_string(number), number));
    backwards.offer(breach("H-PIN-2", std::to_string(249 - number), 249 - number));
  }
  for (const Breaches* const breaches : {&forwards, &backwards}) {
    const std::vector<Breach> ordered = breaches->ordered();
    ASSERT_EQ(ordered.size(), 100U);
    EXPECT_EQ(ordered.front().origin.number, 0U);
    EXPECT_EQ(ordered.back().origin.number, 99U);
  }
}

}  // namespace
}  // namespace pinproof::conformance
