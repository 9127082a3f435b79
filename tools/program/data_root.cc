#include "tools/program/data_root.h"

#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

namespace pinproof::program {
namespace {

bool holds_data(const std::filesystem::path& folder) {
  std::error_code error;
  return std::filesystem::is_regular_file(folder / "conformance" / "requirements" / "readings.json", error) &&
         std::filesystem::is_directory(folder / "scenarios", error);
}

std::vector<std::filesystem::path> folders_above_executable() {
  std::error_code error;
  std::vector<std::filesystem::path> folders;
  const std::filesystem::path executable = std::filesystem::read_symlink("/proc/self/exe", error);
  // BUILD/tools/program/pinproof in a build inside the tree is four below it; PREFIX/bin/pinproof keeps its data in PREFIX/share.
  for (std::filesystem::path folder = executable.parent_path(); folders.size() < 6 && folder.has_relative_path();
       folder = folder.parent_path()) {
    folders.push_back(folder);
  }
  if (!executable.empty()) folders.push_back(executable.parent_path().parent_path() / "share" / "pinproof");
  return folders;
}

}  // namespace

std::filesystem::path find_data_root() {
  constexpr const char* kWanted = "conformance/requirements and scenarios";
  if (const char* named = std::getenv("PINPROOF_ROOT"); named != nullptr && *named != '\0') {
    // Somebody chose: falling back to another place would run other scenarios than they meant.
    if (holds_data(named)) return named;
    throw EnvironmentError(std::string("PINPROOF_ROOT is ") + named + ", which does not hold " + kWanted);
  }
  const std::filesystem::path built_from = PINPROOF_BUILT_FROM;
  if (holds_data(built_from)) return built_from;
  for (const std::filesystem::path& folder : folders_above_executable()) {
    if (holds_data(folder)) return folder;
  }
  throw EnvironmentError(std::string("found no ") + kWanted + ": neither in " + built_from.string() +
                         " nor beside the program; PINPROOF_ROOT names the folder that holds them");
}

}  // namespace pinproof::program
