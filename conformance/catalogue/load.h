// Reading the catalogue from disk. The root is the folder that holds conformance/ and scenarios/: the source tree, or
// where the program was installed; whoever knows it hands it in.
#pragma once

#include <filesystem>
#include <string>

#include "conformance/catalogue/catalogue.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

/// The text of a file, refused when it cannot be read or is longer than kJsonTextMax. For every loader of small files.
sim::Parsed<std::string> read_text_file(const std::filesystem::path& file);

/// ROOT/conformance/requirements: readings.json, helodata.json, crawlera.json, both.json.
sim::Parsed<Catalogue> load_catalogue(const std::filesystem::path& root);

}  // namespace pinproof::conformance
