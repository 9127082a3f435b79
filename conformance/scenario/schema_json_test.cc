#include "conformance/scenario/schema_json.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

TEST(JsonSchema, refuses_with_the_place) {
  const JsonSchema schema(
      R"({"type": "object", "additionalProperties": false, "properties": {"a": {"type": "integer"}}})");
  EXPECT_EQ(schema.complaint(R"({"a": 1})"), std::nullopt);
  EXPECT_EQ(schema.complaint(R"({"a": "1"})"), "<root>[a]: Value type not permitted by 'type' constraint.");
  EXPECT_NE(schema.complaint(R"({"b": 1})"), std::nullopt);
  EXPECT_EQ(schema.complaint("{"), "not JSON");
}

TEST(JsonSchema, has_to_be_one) {
  EXPECT_ANY_THROW(JsonSchema("{"));
  EXPECT_ANY_THROW(JsonSchema(R"({"type": "text"})"));
}

}  // namespace
}  // namespace pinproof::conformance
