#include "tools/program/output_places.h"

#include <algorithm>
#include <system_error>

namespace pinproof::program {
namespace {

namespace fs = std::filesystem;

/// The same for every way to say where it is, links included; a part that is not there yet is taken as it is spelled.
fs::path place_of_file(const fs::path& file) {
  std::error_code error;
  const fs::path whole = fs::absolute(file, error);
  fs::path path = fs::weakly_canonical(whole, error);
  if (error) path = whole.lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

bool is_inside(const fs::path& file, const fs::path& folder) {
  const auto [in_folder, in_file] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return in_folder == folder.end();
}

}  // namespace

void OutputPlaces::keep(const std::string& file, const std::string& what) {
  std::error_code error;
  if (!file.empty() && fs::is_regular_file(file, error)) places_.push_back({place_of_file(file), what});
}

void OutputPlaces::keep_folder(const fs::path& folder, const std::string& what) {
  places_.push_back({place_of_file(folder), what, true});
}

std::string OutputPlaces::take(const std::string& option, const std::string& file, const std::string& what) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status)) return "";
  const fs::path path = place_of_file(file);
  for (const Place& place : places_) {
    if (place.is_folder ? !is_inside(path, place.path) : path != place.path) continue;
    const bool is_in = place.is_folder && path != place.path;
    return option + ": found " + file + ", which is " + (is_in ? "in " : "") + place.what +
           ", expected a place of its own";
  }
  places_.push_back({path, what});
  return "";
}

}  // namespace pinproof::program
