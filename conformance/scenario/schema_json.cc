#include "conformance/scenario/schema_json.h"

// Without it valijson ends the program where a schema is wrong.
#define VALIJSON_USE_EXCEPTIONS 1

#include <nlohmann/json.hpp>
// The order matters to valijson: the adapter before what uses it.
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace pinproof::conformance {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

struct JsonSchema::Parsed {
  valijson::Schema schema;
};

JsonSchema::JsonSchema(std::string_view schema_text) : parsed_(std::make_unique<Parsed>()) {
  const nlohmann::json document = nlohmann::json::parse(schema_text);
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(Adapter(document), parsed_->schema);
}

JsonSchema::~JsonSchema() = default;

std::optional<std::string> JsonSchema::complaint(std::string_view document_text) const {
  const nlohmann::json document = nlohmann::json::parse(document_text, nullptr, false);
  if (document.is_discarded()) return "not JSON";
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  if (validator.validate(parsed_->schema, Adapter(document), &results)) return std::nullopt;
  valijson::ValidationResults::Error error;
  if (!results.popError(error)) return "refused";
  std::string place;
  for (const std::string& part : error.context) place += part;
  return place + ": " + error.description;
}

}  // namespace pinproof::conformance
