#include "tools/program/suggestions.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pinproof::program {
namespace {

using Words = std::vector<std::string>;

const Words kIds = {"H-STK-1", "H-STK-6", "H-PIN-1", "C-PAC-1", "helodata/sticky/window-is-capped", "setup_fail"};

TEST(Suggestions, FindsWhatWasMeant) {
  EXPECT_EQ(nearest("H-STK-9", kIds), (Words{"H-STK-1", "H-STK-6"}));
  EXPECT_EQ(nearest("h-stk-6", kIds, 1), Words{"H-STK-6"});
  EXPECT_EQ(nearest("stk-6", kIds, 1), Words{"H-STK-6"});
  EXPECT_EQ(nearest("window-is-caped", kIds), Words{"helodata/sticky/window-is-capped"});
  EXPECT_EQ(nearest("setup-fail", kIds), Words{"setup_fail"});
  EXPECT_EQ(nearest("entirely else", kIds), Words{});
  EXPECT_EQ(nearest("", kIds), Words{});
  EXPECT_EQ(nearest(std::string(100'000, 'H'), kIds), Words{});
}

TEST(Suggestions, ReadsAsASentence) {
  EXPECT_EQ(did_you_mean({}), "");
  EXPECT_EQ(did_you_mean({"a"}), "; did you mean a?");
  EXPECT_EQ(did_you_mean({"a", "b", "c"}), "; did you mean a, b or c?");
}

}  // namespace
}  // namespace pinproof::program
