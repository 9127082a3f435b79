// A deviation: a gateway that is wrong on purpose, in one way, to prove that the suite can tell. It is the reference gateway with a small
// edit of its rules, tied to the requirement that the edit breaks. A gateway that differs and is right is one too: it guards against
// false alarms. Read by deviation_json.h, loaded by deviation_store.h, tried by kill_matrix.h; docs/deviations.md is the page for authors.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "conformance/catalogue/readings.h"
#include "sim/gateway/rules.h"

namespace pinproof::conformance {

/// So that it fits a line of a list.
inline constexpr std::size_t kDeviationTitleMax = 100;

/// Readings by name and value, as a file names them; the others are at their defaults.
using NamedReadings = std::vector<std::pair<std::string, std::string>>;

struct Deviation {
  std::string id;  // "helodata-cap-of-31": lower case, digits, hyphens; its file's stem
  std::string title;
  std::string why;  // how such a bug comes about; may be empty
  std::string dialect;
  std::string requirement;       // the one it breaks; empty: it conforms, and has to pass everything
  NamedReadings readings_named;  // in the order of the file
  std::vector<std::string>
      edits;  // operations of a JSON Patch (RFC 6902) on the shipped rules, each as compact JSON text
  std::string file;

  sim::Rules rules;   // the shipped rules of the dialect with the edits applied, called by this id
  Readings readings;  // all, that it is judged by

  bool conforms() const { return requirement.empty(); }
};

}  // namespace pinproof::conformance
