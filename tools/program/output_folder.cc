#include "tools/program/output_folder.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "tools/program/data_root.h"
#include "tools/program/whole_file.h"

namespace pinproof::program {

std::variant<OutputFolder, std::string> OutputFolder::open(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_directory(status)) {
    return "--out: found " + path.string() + ", which is no folder, expected a folder or nothing there";
  }
  std::filesystem::create_directories(path, error);
  if (error) return "--out: " + path.string() + " cannot be made: " + error.message();
  if (access(path.c_str(), W_OK | X_OK) != 0)
    return "--out: " + path.string() + " cannot be written to: " + std::strerror(errno);
  return OutputFolder(path);
}

std::string OutputFolder::write(const std::string& name, std::string_view content) const {
  return write_whole(path_ / name, content);
}

OutputFolder::Draft::Draft(const OutputFolder& folder) : path_(folder.path() / (".draft" + std::to_string(getpid()))) {
  std::error_code error;
  std::filesystem::create_directory(path_, error);
  if (error) throw EnvironmentError(path_.string() + " cannot be made: " + error.message());
}

OutputFolder::Draft::~Draft() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string OutputFolder::Draft::move_to(const std::string& name) const {
  const std::filesystem::path folder = path_.parent_path() / name;
  std::error_code error;
  std::filesystem::create_directory(folder, error);
  if (error) return folder.string() + " cannot be made: " + error.message();
  for (std::filesystem::directory_iterator file(path_, error), end; !error && file != end; file.increment(error)) {
    std::filesystem::rename(file->path(), folder / file->path().filename(), error);
    if (error) break;
  }
  return error ? folder.string() + " cannot be written to: " + error.message() : "";
}

}  // namespace pinproof::program
