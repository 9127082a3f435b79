#include <nlohmann/json.hpp>

#include "reports/well_formed_testing.h"

namespace pinproof::reports {

std::string what_is_wrong_with_json(std::string_view text) {
  try {
    return nlohmann::json::parse(text).is_object() ? "" : "no object";
  } catch (const nlohmann::json::exception& error) {
    return error.what();
  }
}

}  // namespace pinproof::reports
