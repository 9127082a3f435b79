#include <fstream>
#include <sstream>
#include <stdexcept>

#include "sim/gateway/rules_json.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {

std::string shipped_rules_text(std::string_view name) {
  const std::string path = std::string(PINPROOF_SOURCE_DIR) + "/scenarios/rules/" + std::string(name) + ".json";
  std::ifstream file(path);
  if (!file) throw std::runtime_error("no file " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Rules shipped_rules(std::string_view name) {
  Parsed<Rules> parsed = parse_rules(std::string(name) + ".json", shipped_rules_text(name));
  if (const auto* error = std::get_if<InputError>(&parsed)) throw std::runtime_error(error->message());
  return std::get<Rules>(std::move(parsed));
}

Rules changed_rules(std::string_view name, const std::function<void(Rules&)>& change) {
  Rules rules = shipped_rules(name);
  change(rules);
  return rules;
}

}  // namespace pinproof::sim
