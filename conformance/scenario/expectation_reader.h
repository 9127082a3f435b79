// Reads expectations from JSON: from a scenario's "expect", and back from a history. docs/scenarios.md shows every
// check.
//
//   {"requirement": "H-STK-1", "of": ["first", "second"], "exit": {"same_as": "first"}}
//
// Shape only: whether a label exists and fits is for whoever knows the steps, who is handed each label with its place.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/scenario/expectation.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

/// What an expectation needs the observation behind a label for.
enum class LabelUse : std::uint8_t {
  kSubject,     // "of"
  kExit,        // its exit is compared
  kSessionId,   // the session id that it was given or used
  kListed,      // the session that it was given or used is looked for in a listing
  kListedExit,  // and its exit beside it
};

/// Called for every label named, in the order of the file; `where` is its place, for a complaint.
using LabelSink = std::function<void(const sim::JsonReader& where, const std::string& label, LabelUse use)>;

/// The check words: every expectation has exactly one of them.
const std::vector<std::string_view>& check_words();

/// Reads one expectation; `step` becomes its own pointer. To be called inside parse_json, as all readers of parts.
Expectation read_expectation(const sim::JsonReader& json, const LabelSink& on_label = {});

/// Type, region, state, city and asn of exits; fields left out match all.
sim::ExitFilter read_exit_filter(const sim::JsonReader& json);

/// A string, or an array of strings that is not empty.
std::vector<std::string> read_strings(const sim::JsonReader& json, std::size_t length_max);

}  // namespace pinproof::conformance
