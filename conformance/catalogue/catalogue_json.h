// The JSON of the catalogue, of readings and of promises. Texts come in with the name of their file, which load.h
// reads; a complaint names file, place, what was found and what was expected.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "sim/core/input_error.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

struct CatalogueText {
  std::string file;
  std::string text;
};

/// The whole catalogue, complete and consistent: ids once, readings known and each used, every promise given by exactly
/// one row.
sim::Parsed<Catalogue> parse_catalogue(const CatalogueText& readings, const std::vector<CatalogueText>& requirements);

/// An object of reading names to values, such as a profile declares: {"over_cap": "clamp"}. The rest stay at their
/// defaults.
Readings read_readings(const sim::JsonReader& json, const Catalogue& catalogue);
sim::Parsed<Readings> parse_readings(std::string file, std::string_view text, const Catalogue& catalogue);

/// An object of promise names to numbers, such as a profile declares: {"idle_window": "60s"}. The rest stay as in
/// `defaults`; "domains" replaces the list as a whole.
Promises read_promises(const sim::JsonReader& json, const Promises& defaults);

/// As read_readings and read_promises read it back, everything spelled out, on one line: for the header of a history.
std::string readings_text(const Readings& readings);
std::string promises_text(const Promises& promises);

}  // namespace pinproof::conformance
