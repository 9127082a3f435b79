#include "sim/core/exit.h"

#include <gtest/gtest.h>

namespace pinproof::sim {
namespace {

Exit los_angeles() {
  return {.address = "127.20.0.1",
          .port = 3128,
          .type = ExitType::kResidential,
          .region = "us",
          .state = "ca",
          .city = "la",
          .asn = 7922};
}

TEST(ExitType, IsWrittenAsUserNamesSayIt) {
  EXPECT_EQ(to_string(ExitType::kResidential), "res");
  EXPECT_EQ(to_string(ExitType::kMobile), "mob");
  EXPECT_EQ(parse_exit_type("res"), ExitType::kResidential);
  EXPECT_EQ(parse_exit_type("mob"), ExitType::kMobile);
  for (const char* text : {"", "RES", "resi", "mobile", "dc", " res"})
    EXPECT_EQ(parse_exit_type(text), std::nullopt) << text;
}

TEST(ExitFilter, MatchesEveryExitWhenItAsksNothing) {
  EXPECT_TRUE(ExitFilter{}.matches(los_angeles()));
  EXPECT_TRUE(ExitFilter{}.matches(Exit{}));
}

TEST(ExitFilter, MatchesOnlyWhereEveryFieldAskedForIsEqual) {
  const ExitFilter all{.type = ExitType::kResidential, .region = "us", .state = "ca", .city = "la", .asn = 7922};
  EXPECT_TRUE(all.matches(los_angeles()));

  using Change = void (*)(ExitFilter&);
  const Change kChanges[] = {
      [](ExitFilter& filter) { filter.type = ExitType::kMobile; },
      [](ExitFilter& filter) { filter.region = "de"; },
      [](ExitFilter& filter) { filter.state = "ny"; },
      [](ExitFilter& filter) { filter.city = "sf"; },
      [](ExitFilter& filter) { filter.asn = 0; },
  };
  for (const Change change : kChanges) {
    ExitFilter one_field_only;
    change(one_field_only);
    EXPECT_FALSE(one_field_only.matches(los_angeles()));
    ExitFilter one_field_off = all;
    change(one_field_off);
    EXPECT_FALSE(one_field_off.matches(los_angeles()));
  }
}

TEST(ExitFilter, ComparesWholeNames) {
  for (const char* city : {"l", "LA", "la-mesa"}) {
    ExitFilter filter;
    filter.city = city;
    EXPECT_FALSE(filter.matches(los_angeles())) << city;
  }
}

}  // namespace
}  // namespace pinproof::sim
