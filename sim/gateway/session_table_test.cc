#include "sim/gateway/session_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/core/random.h"

namespace pinproof::sim {
namespace {

TEST(SessionTable, FindsWhatWasCreatedUntilItEnds) {
  SessionTable table;
  const SessionRef ref = table.create("job1", 3, 30min, kStart + 5s);
  ASSERT_EQ(table.find("job1"), ref);
  EXPECT_EQ(table.find("job2"), std::nullopt);
  EXPECT_EQ(table.get(ref)->ends, kStart + 30min + 5s);
  EXPECT_EQ(table.get(ref)->serial, 1U);
  EXPECT_EQ(table.get(ref)->account, 3U);
  EXPECT_EQ(table.key(ref), "job1");
  EXPECT_EQ(table.window(ref), 30min);
  table.end(ref);
  EXPECT_EQ(table.find("job1"), std::nullopt);
  EXPECT_EQ(table.get(ref), nullptr);
  EXPECT_EQ(table.size(), 0U);
}

TEST(SessionTable, ARefNeverNamesAnotherSession) {
  SessionTable table;
  const SessionRef old = table.create("a", 0, 1min, kStart);
  table.end(old);
  const SessionRef fresh = table.create("a", 0, 1min, kStart);
  EXPECT_EQ(fresh.slot, old.slot) << "the place is used again";
  EXPECT_EQ(table.get(old), nullptr);
  EXPECT_EQ(table.get(fresh)->serial, 2U);
  EXPECT_EQ(table.get(SessionRef{}), nullptr);
}

TEST(SessionTable, AWindowIsOverAtItsEndExactly) {
  SessionTable table;
  const SessionRef ref = table.create("a", 0, 30min, kStart);
  EXPECT_EQ(table.first_over(kStart + 30min - 1ns), std::nullopt);
  EXPECT_EQ(table.first_over(kStart + 30min), ref);
}

TEST(SessionTable, TheLongestOverComesFirstWhateverItsWindow) {
  SessionTable table;
  const SessionRef longer = table.create("longer", 0, 10min, kStart);
  const SessionRef shorter = table.create("shorter", 0, 1min, kStart + 8min);
  EXPECT_EQ(table.first_over(kStart + 1h), shorter);
  table.end(shorter);
  EXPECT_EQ(table.first_over(kStart + 1h), longer);
}

TEST(SessionTable, ARestartTakenBackLeavesTheWindowThereWas) {
  SessionTable table;
  const SessionRef ref = table.create("a", 0, 30min, kStart);
  const SessionRef later = table.create("b", 0, 30min, kStart + 1min);
  table.restart_provisionally(ref, 45min, kStart + 10min);
  table.restart_provisionally(ref, 45min, kStart + 11min);
  EXPECT_EQ(table.get(ref)->ends, kStart + 56min);
  EXPECT_EQ(table.window(ref), 45min);
  table.take_back(ref);
  EXPECT_EQ(table.get(ref)->ends, kStart + 30min);
  EXPECT_EQ(table.window(ref), 30min);
  EXPECT_EQ(table.first_over(kStart + 31min), ref) << "also found in its old place";
  table.end(ref);
  EXPECT_EQ(table.first_over(kStart + 31min), later);
}

TEST(SessionTable, ARestartKeptIsNotTakenBack) {
  SessionTable table;
  const SessionRef ref = table.create("a", 0, 30min, kStart);
  table.restart_provisionally(ref, 30min, kStart + 10min);
  table.keep(ref);
  table.take_back(ref);
  EXPECT_EQ(table.get(ref)->ends, kStart + 40min);
  table.restart_provisionally(ref, 30min, kStart + 20min);
  table.restart(ref, 30min, kStart + 25min);
  table.take_back(ref);
  EXPECT_EQ(table.get(ref)->ends, kStart + 55min);
}

TEST(SessionTable, ListsInOrderOfCreation) {
  SessionTable table;
  const SessionRef a = table.create("a", 0, 1min, kStart);
  const SessionRef b = table.create("b", 0, 1min, kStart);
  table.end(a);
  const SessionRef c = table.create("c", 0, 1min, kStart);  // in the place of a
  EXPECT_EQ(table.all(), (std::vector<SessionRef>{b, c}));
}

TEST(SessionTable, KeysOfEveryLengthAreKept) {
  SessionTable table;
  std::vector<std::string> keys;
  for (std::size_t length : {0, 1, 7, 8, 9, 63, 64, 65, 255, 256, 1000, 65'528, 65'535}) {
    keys.emplace_back(length, static_cast<char>('a' + keys.size()));
  }
  for (int round = 0; round < 3; ++round) {
    std::vector<SessionRef> refs;
    for (const std::string& key : keys) refs.push_back(table.create(key, 0, 1min, kStart));
    for (std::size_t i = 0; i < keys.size(); ++i) ASSERT_EQ(table.key(refs[i]), keys[i]);
    for (const SessionRef ref : refs) table.end(ref);
  }
}

// The same calls on a map that is easy to trust.
struct Kept {
  SessionRef ref;
  Duration window;
  Instant ends;
  std::uint64_t serial;
  std::optional<std::pair<Duration, Instant>> before;
};

TEST(SessionTable, AgreesWithASimpleModelOverALongMixedRun) {
  Random random{23};
  SessionTable table;
  std::map<std::string, Kept> model;
  std::uint64_t serial = 0;
  Instant now = kStart;
  const auto drawn_key = [&] {
    return "user-" + std::to_string(random.below(300)) + std::string(random.below(90), 'x');
  };
  const auto any = [&]() -> Kept* {
    if (model.empty()) return nullptr;
    auto at = model.begin();
    std::advance(at, random.below(model.size()));
    return &at->second;
  };
  for (int step = 0; step < 100'000; ++step) {
    now += Duration(random.below(2'000'000'000));
    const Duration window = std::chrono::minutes(1 + random.below(5));
    switch (random.below(7)) {
      case 0:
      case 1: {
        const std::string key = drawn_key();
        ASSERT_EQ(table.find(key).has_value(), model.contains(key));
        if (!model.contains(key)) model[key] = {table.create(key, 0, window, now), window, now + window, ++serial, {}};
        break;
      }
      case 2:
        if (Kept* kept = any()) {
          table.restart(kept->ref, window, now);
          *kept = {kept->ref, window, now + window, kept->serial, {}};
        }
        break;
      case 3:
        if (Kept* kept = any()) {
          table.restart_provisionally(kept->ref, window, now);
          if (!kept->before) kept->before = {kept->window, kept->ends};
          kept->window = window;
          kept->ends = now + window;
        }
        break;
      case 4:
        if (Kept* kept = any()) {
          table.take_back(kept->ref);
          if (kept->before) std::tie(kept->window, kept->ends) = *std::exchange(kept->before, {});
        }
        break;
      case 5:
        if (Kept* kept = any()) {
          table.keep(kept->ref);
          kept->before.reset();
        }
        break;
      default:
        if (Kept* kept = any()) {
          const std::string key(table.key(kept->ref));
          table.end(kept->ref);
          model.erase(key);
        }
    }
    while (const auto over = table.first_over(now)) {
      const std::string key(table.key(*over));
      ASSERT_TRUE(model.contains(key));
      const Instant longest = std::min_element(model.begin(), model.end(), [](const auto& a, const auto& b) {
                                return a.second.ends < b.second.ends;
                              })->second.ends;
      ASSERT_EQ(table.get(*over)->ends, longest);
      table.end(*over);
      model.erase(key);
    }
    ASSERT_EQ(table.size(), model.size());
    for (const auto& [key, kept] : model) {
      if (step % 100 != 0) break;
      ASSERT_EQ(table.find(key), kept.ref);
      ASSERT_EQ(table.get(kept.ref)->ends, kept.ends);
      ASSERT_GT(kept.ends, now);
      ASSERT_EQ(table.window(kept.ref), kept.window);
      ASSERT_EQ(table.get(kept.ref)->serial, kept.serial);
    }
  }
}

TEST(SessionTable, AMillionSessionsTakeAtMost160BytesEachNameIncluded) {
  SessionTable table;
  std::string name(64, 'x');
  for (int i = 0; i < 1'000'000; ++i) {
    name.replace(0, 7, std::to_string(1'000'000 + i));
    table.create(name, 0, 30min, kStart);
  }
  EXPECT_EQ(table.size(), 1'000'000U);
  EXPECT_LE(table.memory_bytes(), 160U * 1'000'000U);
}

}  // namespace
}  // namespace pinproof::sim
