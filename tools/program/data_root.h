// Where the program's data is: the folder that holds conformance/requirements and scenarios.
#pragma once

#include <filesystem>
#include <stdexcept>

namespace pinproof::program {

/// The environment the program needs is not there; caught once, in main, which exits with kCouldNotRun.
class EnvironmentError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A variable of the environment says what cannot be meant; caught once, in main, which exits with kInputError.
class WrongVariable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// PINPROOF_ROOT where it is set, else the source tree that the program was built from, else a folder above the executable.
/// Throws EnvironmentError, naming every place looked at, when none of them holds the data.
std::filesystem::path find_data_root();

}  // namespace pinproof::program
