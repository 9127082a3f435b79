#include "conformance/run/timing.h"

#include <gtest/gtest.h>

#include <chrono>

namespace pinproof::conformance {
namespace {

using std::chrono::milliseconds;

/// Answered so long after it was sent; status 0: never.
Observation observation(milliseconds sent, milliseconds waited, int status = 200) {
  Observation seen;
  seen.sent_at = sim::kStart + sent;
  seen.answered_at = seen.sent_at + waited;
  seen.status = status;
  return seen;
}

TEST(Timing, OfNothingIsNothing) {
  EXPECT_EQ(timing_of({}).answers, 0U);
  History unanswered;
  unanswered.records = {observation(milliseconds(0), milliseconds(9), 0), JournalComplete{}};
  EXPECT_EQ(timing_of(unanswered).answers, 0U);
  EXPECT_EQ(timing_of(unanswered).span_us, 0U);
}

TEST(Timing, PercentilesAreTimesThatWereSeen) {
  History history;
  for (int i = 1; i <= 20; ++i) history.records.push_back(observation(milliseconds(1000 * i), milliseconds(i)));
  const reports::Timing timing = timing_of(history);
  EXPECT_EQ(timing.answers, 20U);
  EXPECT_EQ(timing.median_us, 10'000U);
  EXPECT_EQ(timing.p95_us, 19'000U);
  EXPECT_EQ(timing.max_us, 20'000U);
  EXPECT_EQ(timing.span_us, 19'020'000U);
}

TEST(Timing, TheOrderOfRecordsIsThatOfAnswersAndDoesNotMatter) {
  History history;
  history.records = {observation(milliseconds(5), milliseconds(1)), observation(milliseconds(0), milliseconds(50))};
  const reports::Timing timing = timing_of(history);
  EXPECT_EQ(timing.median_us, 1'000U);
  EXPECT_EQ(timing.max_us, 50'000U);
  EXPECT_EQ(timing.span_us, 50'000U);
}

}  // namespace
}  // namespace pinproof::conformance
