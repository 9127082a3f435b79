#include "conformance/judge/issued/census.h"

#include <gtest/gtest.h>

#include "conformance/judge/issued/ahead.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

Span span(Duration from, Duration to, std::uint64_t sent, std::uint64_t answered) {
  return {sim::kStart + from, sim::kStart + to, sim::kStart + to, sent, answered};
}

Issued session(std::uint64_t serial, const Span& created) {
  Issued made;
  made.serial = serial;
  made.created = created;
  return made;
}

TEST(Census, counts_what_surely_lives_and_what_may) {
  std::int64_t everywhere = 0;
  Census census(everywhere);
  Issued sure = session(1, span(0s, 1s, 1, 2));
  Issued maybe = session(2, span(0s, 1s, 3, 4));
  maybe.end = IssuedEnd::kMaybe;
  census.count(sure, sim::kStart + 30min, sim::kStart + 31min);
  census.count(maybe, sim::kStart + 30min, sim::kStart + 31min);

  std::vector<std::uint64_t> over;
  const auto note = [&](Issued& ended) { over.push_back(ended.serial); };
  // The first creation overlaps this, so that its session may not have been there yet.
  const Span at_once = span(1s, 2s, 2, 9);
  census.advance(at_once, note);
  EXPECT_EQ(census.surely_alive(at_once), 0);
  EXPECT_EQ(census.possibly_alive(), 2);

  const Span later = span(2s, 3s, 10, 11);
  census.advance(later, note);
  EXPECT_EQ(census.surely_alive(later), 1);
  EXPECT_EQ(everywhere, 2);

  // It may end while this is under way.
  const Span long_one = span(29min, 30min, 12, 13);
  census.advance(long_one, note);
  EXPECT_EQ(census.surely_alive(long_one), 0);
  EXPECT_EQ(census.possibly_alive(), 2);

  census.advance(span(31min, 31min, 14, 15), note);
  EXPECT_EQ(census.possibly_alive(), 0);
  EXPECT_EQ(everywhere, 0);
  EXPECT_EQ(over, (std::vector<std::uint64_t>{1, 2}));
}

TEST(Census, counts_a_session_until_nothing_overlaps_its_end) {
  std::int64_t everywhere = 0;
  Census census(everywhere);
  Issued deleted = session(1, span(0s, 0s, 1, 2));
  census.count(deleted, sim::kStart + 30min, sim::kStart + 30min);
  deleted.end = IssuedEnd::kDeleted;
  deleted.ended = span(5s, 6s, 3, 6);
  census.count(deleted, sim::kStart + 30min, sim::kStart + 30min);

  census.advance(span(5s, 6s, 4, 7), [](Issued&) {});
  EXPECT_EQ(census.possibly_alive(), 1);
  census.advance(span(6s, 6s, 8, 9), [](Issued&) {});
  EXPECT_EQ(census.possibly_alive(), 0);
}

TEST(Ahead, finds_what_overlaps) {
  Ahead ahead;
  const Span judged = span(0s, 5s, 1, 4);
  ahead.may_end("one", "77", span(1s, 6s, 2, 5));
  ahead.may_end("one", "88", span(7s, 8s, 6, 7));  // sent after the answer
  ahead.creation("one", span(2s, 3s, 3, 8));
  EXPECT_TRUE(ahead.may_end_during("77", judged));
  EXPECT_FALSE(ahead.may_end_during("88", judged));
  EXPECT_EQ(ahead.ends_during("one", judged), 1);
  EXPECT_EQ(ahead.creations_during("one", judged), 1);
  EXPECT_EQ(ahead.creations_during("two", judged), 0);

  ahead.end_judged("one", "77");
  EXPECT_FALSE(ahead.may_end_during("77", judged));
}

TEST(Span, goes_by_the_client_s_order_where_there_is_one) {
  EXPECT_TRUE(span(0s, 0s, 1, 2).before(span(0s, 0s, 3, 4)));
  EXPECT_FALSE(span(0s, 0s, 1, 3).before(span(0s, 0s, 2, 4)));
  EXPECT_FALSE(span(0s, 0s, 0, 0).before(span(0s, 0s, 0, 0)));  // at one instant, and nothing is known of their order
  EXPECT_TRUE(span(0s, 1s, 0, 0).before(span(2s, 2s, 0, 0)));
}

}  // namespace
}  // namespace pinproof::conformance
