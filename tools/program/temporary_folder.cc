#include "tools/program/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

#include "tools/program/data_root.h"

namespace pinproof::program {

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  std::string name = (std::filesystem::temp_directory_path(error) / "pinproof-XXXXXX").string();
  if (error || mkdtemp(name.data()) == nullptr) {
    throw EnvironmentError("a temporary folder cannot be made (TMPDIR): " +
                           (error ? error.message() : std::string(std::strerror(errno))));
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace pinproof::program
