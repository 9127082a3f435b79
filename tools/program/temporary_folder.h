// A folder that nobody else reads, gone with everything in it when this goes.
#pragma once

#include <filesystem>

namespace pinproof::program {

class TemporaryFolder {
 public:
  /// Throws EnvironmentError where it cannot be made.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace pinproof::program
