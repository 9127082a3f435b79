#include "conformance/history/user_name_template.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

// The grammar of the helodata pages.
constexpr std::string_view kHelodata =
    "helo_{account}-type-{type}-region-{region}[-state-{state}][-city-{city}][-asn-{asn}][-session-{session}][-"
    "sesstime-{minutes}]";

TEST(UserNameTemplate, LeavesOutGroupsWithoutAPart) {
  EXPECT_EQ(fill_template(kHelodata, {{"type", "res"}, {"region", "us"}}), "helo_{account}-type-res-region-us");
  EXPECT_EQ(fill_template(kHelodata, {{"type", "res"}, {"region", "us"}, {"session", "job1"}, {"minutes", "30"}}),
            "helo_{account}-type-res-region-us-session-job1-sesstime-30");
  EXPECT_EQ(fill_template(kHelodata, {{"type", "mob"}, {"region", "de"}, {"minutes", "10"}}),
            "helo_{account}-type-mob-region-de-sesstime-10");
}

TEST(UserNameTemplate, TakesApartWhatItPutTogether) {
  const std::string all = "helo_{account}-type-res-region-us-state-ca-city-la-asn-7922-session-job1-sesstime-30";
  EXPECT_EQ(fill_template(kHelodata, {{"type", "res"},
                                      {"region", "us"},
                                      {"state", "ca"},
                                      {"city", "la"},
                                      {"asn", "7922"},
                                      {"session", "job1"},
                                      {"minutes", "30"}}),
            all);
  EXPECT_EQ(parts_of_user_name(kHelodata, all), (UserNameParts{{"account", "{account}"},
                                                               {"type", "res"},
                                                               {"region", "us"},
                                                               {"state", "ca"},
                                                               {"city", "la"},
                                                               {"asn", "7922"},
                                                               {"session", "job1"},
                                                               {"minutes", "30"}}));
}

TEST(UserNameTemplate, ASkippedGroupIsNoPart) {
  const UserNameParts parts =
      parts_of_user_name(kHelodata, "helo_{account}-type-res-region-us-session-job1-sesstime-30");
  EXPECT_EQ(parts,
            (UserNameParts{
                {"account", "{account}"}, {"type", "res"}, {"region", "us"}, {"session", "job1"}, {"minutes", "30"}}));
}

TEST(UserNameTemplate, SaysWhatIsWrong) {
  EXPECT_EQ(wrong_in_template(kHelodata), std::nullopt);
  EXPECT_EQ(wrong_in_template("helo_{account"), "'{' without '}'");
  EXPECT_EQ(wrong_in_template("{country}"), "the unknown part {country}");
  EXPECT_EQ(wrong_in_template("a[b[c]]"), "'[' inside a group");
  EXPECT_EQ(wrong_in_template("a]"), "']' without '['");
  EXPECT_EQ(wrong_in_template("a[b"), "'[' without ']'");
}

}  // namespace
}  // namespace pinproof::conformance
