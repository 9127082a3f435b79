// Where a command is going to write, so that no two of its outputs fall on one file and none on something that it reads. Asked before
// anything is played: a file that is lost is found out later.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pinproof::program {

class OutputPlaces {
 public:
  /// A file that is read ("the input", "the ledger of --expect"), or nothing where it is none: an id, a name that ships.
  void keep(const std::string& file, const std::string& what);

  /// A folder whose files are replaced; what is in it belongs to whoever fills it.
  void keep_folder(const std::filesystem::path& folder, const std::string& what);

  /// Takes a place for an output. "" where it is free; else one sentence: "--report: found a.json, which is the result of --out, expected
  /// a place of its own". What is no file (a pipe, a terminal, /dev/null) holds as many as come.
  std::string take(const std::string& option, const std::string& file, const std::string& what);

 private:
  struct Place {
    std::filesystem::path path;  // canonical, as far as it exists
    std::string what;
    bool is_folder = false;
  };
  std::vector<Place> places_;
};

}  // namespace pinproof::program
