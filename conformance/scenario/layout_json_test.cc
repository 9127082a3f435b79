#include "conformance/scenario/layout_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace pinproof::conformance {
namespace {

std::string laid_out_at(const char* text, std::size_t width) {
  return laid_out(nlohmann::ordered_json::parse(text), width);
}

TEST(LaidOut, keeps_on_a_line_what_fits) {
  EXPECT_EQ(laid_out_at(R"({"a":[1,2],"b":{"c":true,"d":null}})", 40), R"({
  "a": [1, 2],
  "b": {"c": true, "d": null}
}
)");
}

TEST(LaidOut, breaks_what_does_not_fit_and_counts_the_comma) {
  // `  "a": ["xx", "yy"],` is 20 columns with its comma.
  EXPECT_EQ(laid_out_at(R"({"a":["xx","yy"],"b":1})", 20), "{\n  \"a\": [\"xx\", \"yy\"],\n  \"b\": 1\n}\n");
  EXPECT_EQ(laid_out_at(R"({"a":["xx","yy"],"b":1})", 19),
            "{\n  \"a\": [\n    \"xx\",\n    \"yy\"\n  ],\n  \"b\": 1\n}\n");
}

TEST(LaidOut, writes_what_is_empty_or_no_container) {
  EXPECT_EQ(laid_out_at("{}", 80), "{}\n");
  EXPECT_EQ(laid_out_at(R"("a\"é")", 80), "\"a\\\"é\"\n");
}

}  // namespace
}  // namespace pinproof::conformance
