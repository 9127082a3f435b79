// What ships with the program, loaded: where it is, and the catalogue of promises.
#pragma once

#include <filesystem>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/scenario.h"
#include "tools/program/streams.h"

namespace pinproof::program {

struct Data {
  std::filesystem::path root;
  conformance::Catalogue catalogue;
};

/// Throws EnvironmentError where there is no data, or where the catalogue is not what this program understands.
Data load_data();

/// Every shipped scenario that loads. One that does not is said on `err` and left out: what reads scenarios only to show them goes on.
std::vector<conformance::Scenario> scenarios_to_show(const Data& data, Streams& streams);

}  // namespace pinproof::program
