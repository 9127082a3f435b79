#include "reports/shields_json.h"

#include <nlohmann/json.hpp>

#include "reports/badge.h"

namespace pinproof::reports {

std::string render_shields(const Report& report) {
  const Badge badge = badge_of(report);
  nlohmann::ordered_json json{
      {"schemaVersion", 1}, {"label", badge.label}, {"message", badge.message}, {"color", badge.colour}};
  // A README may ask shields for a colour of its own; of an error it may not.
  if (badge.colour == "red") json["isError"] = true;
  return json.dump(2) + "\n";
}

}  // namespace pinproof::reports
