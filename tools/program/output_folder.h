// The folder of `--out`: what appears in it is whole. Files are written under another name first, and then renamed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace pinproof::program {

class OutputFolder {
 public:
  /// Makes the folder where it is missing. What is in the way, as one sentence, where that cannot be.
  static std::variant<OutputFolder, std::string> open(const std::filesystem::path& path);

  /// Writes PATH/NAME. "" when it worked; otherwise one sentence, and what was there before is there still.
  std::string write(const std::string& name, std::string_view content) const;

  const std::filesystem::path& path() const { return path_; }

  /// A folder inside for files under way; whatever is left in it when it goes is removed.
  class Draft {
   public:
    /// Throws EnvironmentError where it cannot be made.
    explicit Draft(const OutputFolder& folder);
    ~Draft();
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    const std::filesystem::path& path() const { return path_; }

    /// Moves every file to the folder NAME beside it, over files of the same names. "" when it worked, otherwise one sentence.
    std::string move_to(const std::string& name) const;

   private:
    std::filesystem::path path_;
  };

 private:
  explicit OutputFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace pinproof::program
