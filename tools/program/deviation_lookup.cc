#include "tools/program/deviation_lookup.h"

#include <filesystem>
#include <utility>

#include "conformance/deviations/deviation_store.h"
#include "sim/core/json_reader.h"
#include "tools/program/complaints.h"
#include "tools/program/suggestions.h"

namespace pinproof::program {

using conformance::Deviation;

std::variant<Deviation, std::string> find_deviation(const std::string& name, const Data& data) {
  conformance::LoadedDeviations loaded = conformance::load_deviations(data.root, data.catalogue);
  std::vector<std::string> ids;
  for (Deviation& deviation : loaded.deviations) {
    if (deviation.id == name) {
      deviation.file = place_of(deviation.file, data);
      return std::move(deviation);
    }
    ids.push_back(deviation.id);
  }
  for (const sim::InputError& error : loaded.errors) {
    if (std::filesystem::path(error.file).stem() == name) return error.message();
  }
  return "no deviation is called " + sim::in_quotes(name) + did_you_mean(nearest(name, ids));
}

std::vector<Deviation> deviations_to_show(const Data& data, Streams& streams) {
  conformance::LoadedDeviations loaded = conformance::load_deviations(data.root, data.catalogue);
  for (const sim::InputError& error : loaded.errors) complain(streams, error.message() + " (left out)");
  for (Deviation& deviation : loaded.deviations) deviation.file = place_of(deviation.file, data);
  return std::move(loaded.deviations);
}

std::vector<std::string> deviations_for(const std::string& requirement, const std::vector<Deviation>& deviations) {
  std::vector<std::string> ids;
  for (const Deviation& deviation : deviations) {
    if (deviation.requirement == requirement) ids.push_back(deviation.id);
  }
  return ids;
}

}  // namespace pinproof::program
