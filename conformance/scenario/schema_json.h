// Validates JSON by a JSON Schema (draft-07). The schemas are for editors; what people see of a mistake is the
// parser's message. This is for the tests that hold the two together.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pinproof::conformance {

/// A schema, read once and used for many documents. The text has to be a schema: anything else is an exception.
class JsonSchema {
 public:
  explicit JsonSchema(std::string_view schema_text);
  ~JsonSchema();
  JsonSchema(const JsonSchema&) = delete;
  JsonSchema& operator=(const JsonSchema&) = delete;

  /// What is wrong with the document, with its place, or nothing. A text that is not JSON is wrong too.
  std::optional<std::string> complaint(std::string_view document_text) const;

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace pinproof::conformance
