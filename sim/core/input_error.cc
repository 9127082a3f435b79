#include "sim/core/input_error.h"

namespace pinproof::sim {

std::string InputError::message() const {
  const std::string place = pointer.empty() ? "" : "at " + pointer + ": ";
  return file + ": " + place + "found " + found + ", expected " + expected;
}

}  // namespace pinproof::sim
