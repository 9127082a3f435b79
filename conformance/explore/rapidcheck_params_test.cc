#include <gtest/gtest.h>

#include "conformance/explore/rapidcheck_params_testing.h"

namespace pinproof::conformance {
namespace {

TEST(RapidcheckParams, KeepOurSeedUnlessTheyNameOne) {
  EXPECT_EQ(rapidcheck_params("").text, "seed=1");
  EXPECT_EQ(rapidcheck_params("").cases, 100U);
  EXPECT_EQ(rapidcheck_params("max_success=5000").text, "max_success=5000 seed=1");
  EXPECT_EQ(rapidcheck_params("max_success=5000").cases, 5000U);
  EXPECT_EQ(rapidcheck_params("seed=7 max_size=20").text, "seed=7 max_size=20");
  EXPECT_EQ(rapidcheck_params("seed=7 max_size=20").trouble, "");
  EXPECT_TRUE(rapidcheck_params("reproduce=BchR").is_repeated);
}

TEST(RapidcheckParams, WhatWouldTryNothingIsTrouble) {
  for (const char* const value : {"0", "", "many", "5x", "-1"}) {
    EXPECT_EQ(rapidcheck_params("max_success=" + std::string(value)).trouble,
              "RC_PARAMS: found max_success=" + std::string(value) + ", expected a number of cases from 1 on");
  }
  EXPECT_EQ(rapidcheck_params("max_succes=5000").trouble, "RC_PARAMS: \"max_succes\" is no parameter of rapidcheck");
}

}  // namespace
}  // namespace pinproof::conformance
