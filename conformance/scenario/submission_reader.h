// Reads what a step sends: requests, bursts of them, and calls of the sessions API. Expectations are read apart, once
// the labels of the whole step are known.
#pragma once

#include <string_view>

#include "conformance/scenario/reading_context.h"
#include "conformance/scenario/scenario.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

/// Fields that a request may have beside its verb.
const std::vector<std::string_view>& request_fields();

/// A request, as "request", "burst" or "begin"; declares its label.
RequestStep read_request(const sim::JsonReader& json, std::string_view verb, ReadingContext& context);

/// A call of the sessions API, by its verb; declares its label.
ApiStep read_api_call(const sim::JsonReader& json, std::string_view verb, ReadingContext& context);

/// A user name: one of the scenario's "users", parts, or raw.
UserName read_user(const sim::JsonReader& json, const ReadingContext& context);

/// "new", "kept" or {"name": "c1"}.
ConnectionChoice read_connection(const sim::JsonReader& json);

/// "client", or one of the scenario's "actors"; "client" where `json` has none.
std::string read_actor(const sim::JsonReader& json, const ReadingContext& context);

}  // namespace pinproof::conformance
