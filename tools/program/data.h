// What ships with the program, loaded: where it is, and the catalogue of promises.
#pragma once

#include <filesystem>
#include <string>
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

/// How reports and lists name a file: by its place in the tree where it lies there ("scenarios/helodata/…"), so that they are the same
/// bytes wherever the tree lies; otherwise as it was given.
std::string place_of(const std::string& file, const Data& data);

/// Every shipped scenario that loads. One that does not is said on `err` and left out: what reads scenarios only to show them goes on.
std::vector<conformance::Scenario> scenarios_to_show(const Data& data, Streams& streams);

}  // namespace pinproof::program
