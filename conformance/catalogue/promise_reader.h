// Shared by the sources that read the JSON of promises: one promise at a time.
#pragma once

#include <string_view>
#include <vector>

#include "conformance/catalogue/promises.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

/// Reads one promise, refused where the value does not fit it, into its member.
void read_promise(const sim::JsonReader& json, const PromiseField& field, Promises& into);

/// The names of promise_fields().
std::vector<std::string_view> promise_names();

}  // namespace pinproof::conformance
