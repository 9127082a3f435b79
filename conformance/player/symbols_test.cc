#include "conformance/player/symbols.h"

#include <gtest/gtest.h>

#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

const Symbols kSymbols("helodata/sticky/holds", 1);

TEST(Symbols, ASymbolicIdIsValidAndUniqueAndTheSameAgain) {
  const std::string id = kSymbols.session("@Check-Out_of.a.long.name.with.many.letters");
  EXPECT_LE(id.size(), 32U);
  EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"), std::string::npos) << id;
  EXPECT_TRUE(id.starts_with("checkoutofalongn")) << id;
  EXPECT_EQ(kSymbols.session("@job"), kSymbols.session("@job"));
  EXPECT_NE(kSymbols.session("@job"), kSymbols.session("@job2"));
  EXPECT_NE(kSymbols.session("@job"), Symbols("helodata/sticky/holds", 2).session("@job"));
  EXPECT_NE(kSymbols.session("@job"), Symbols("helodata/sticky/other", 1).session("@job"));
}

TEST(Symbols, ALiteralIdStaysAsItIs) {
  EXPECT_EQ(kSymbols.session("Job_1"), "Job_1");
  EXPECT_EQ(kSymbols.session(""), "");
}

TEST(Symbols, HostsAreUnderTheOrigin) {
  const auto target = shipped_target("crawlera");
  EXPECT_EQ(kSymbols.host("site", target->description()), "site.origin.test");
  EXPECT_EQ(kSymbols.host("shop.de", target->description()), "shop.de.origin.test");
  EXPECT_EQ(kSymbols.host("popular", target->description()), "popular.origin.test");
  EXPECT_EQ(kSymbols.host("sub.popular.origin.test", target->description()), "sub.popular.origin.test");
}

TEST(Symbols, TokensAreLabelsOfHosts) {
  const std::string token = kSymbols.token(12);
  EXPECT_TRUE(token.starts_with("t-12-")) << token;
  EXPECT_EQ(token.find('.'), std::string::npos);
  EXPECT_NE(token, kSymbols.token(13));
}

TEST(Symbols, UserNamesAreSpelledByTheVocabulary) {
  const Vocabulary vocabulary = shipped_target("helodata")->description().vocabulary;
  const UserNameTemplate helodata(vocabulary.user_name);
  UserName user;
  user.region = "de";
  user.session = "job1";
  user.minutes = "30";
  EXPECT_EQ(kSymbols.user_name(user, helodata), "helo_{account}-type-res-region-de-session-job1-sesstime-30");
  user.raw = "{account}-anything";
  EXPECT_EQ(kSymbols.user_name(user, helodata), "{account}-anything");
  EXPECT_EQ(kSymbols.user_name(user, UserNameTemplate("")), "");
}

}  // namespace
}  // namespace pinproof::conformance
