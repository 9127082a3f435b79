// Histories for tests: one of every kind of record, and short ways to say an observation.
#pragma once

#include <string>

#include "conformance/history/history.h"

namespace pinproof::conformance {

/// A header that says something in every field.
HistoryHeader full_header();

/// Every kind of record with something in every field, consistent with each other.
History full_history();

constexpr Instant at(Duration since_start) { return sim::kStart + since_start; }

}  // namespace pinproof::conformance
