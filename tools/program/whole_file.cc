#include "tools/program/whole_file.h"

#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace pinproof::program {
namespace {

namespace fs = std::filesystem;

std::error_code write(const fs::path& file, std::string_view content) {
  errno = 0;
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  return stream ? std::error_code() : std::error_code(errno != 0 ? errno : EIO, std::generic_category());
}

}  // namespace

std::string write_whole(const fs::path& file, std::string_view content) {
  std::error_code error;
  // A link stays one: what it leads to is replaced.
  const fs::path place = fs::is_symlink(file, error) ? fs::weakly_canonical(file, error) : file;
  const fs::file_status status = fs::status(place, error);
  if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status)) {
    error = write(place, content);
  } else {
    const fs::path draft = place.parent_path() / ("." + place.filename().string() + ".part" + std::to_string(getpid()));
    error = write(draft, content);
    if (!error) fs::rename(draft, place, error);
    std::error_code ignored;
    if (error) fs::remove(draft, ignored);
  }
  return error ? file.string() + " cannot be written: " + error.message() : "";
}

}  // namespace pinproof::program
