#include "conformance/explore/kept_json.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "conformance/explore/commands_json.h"
#include "conformance/scenario/layout_json.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

using Json = nlohmann::ordered_json;

/// The version of the format.
constexpr int kKeptVersion = 1;

KeptCase read_case(const sim::JsonReader& json) {
  json.object({"case", "play_seed", "commands", "features"});
  KeptCase one;
  one.number = static_cast<std::uint64_t>(json.at("case").integer(0));
  one.play_seed = read_seed(json.at("play_seed"));
  one.commands = read_commands(json.at("commands"));
  for (const sim::JsonReader& feature : json.at("features").array(1)) one.features.push_back(feature.string());
  return one;
}

}  // namespace

std::string kept_to_json(const KeptByDialect& all) {
  Json dialects = Json::object();
  for (const auto& [dialect, cases] : all) {
    Json list = Json::array();
    for (const KeptCase& one : cases) {
      list.push_back({{"case", one.number},
                      {"play_seed", seed_text(one.play_seed)},
                      {"commands", commands_to_json(one.commands)},
                      {"features", one.features}});
    }
    dialects[dialect] = std::move(list);
  }
  return laid_out({{"kept", kKeptVersion}, {"generator", kGenerator}, {"dialects", std::move(dialects)}});
}

sim::Parsed<KeptByDialect> parse_kept(std::string file, std::string_view text) {
  return sim::parse_json(std::move(file), text, [](const sim::JsonReader& json) {
    json.object({"kept", "generator", "dialects"});
    json.at("kept").integer(kKeptVersion, kKeptVersion);
    json.at("generator").integer(kGenerator, kGenerator);
    KeptByDialect all;
    for (const auto& [dialect, list] : json.at("dialects").members()) {
      std::vector<KeptCase>& cases = all[dialect];
      for (const sim::JsonReader& one : list.array()) cases.push_back(read_case(one));
    }
    return all;
  });
}

}  // namespace pinproof::conformance
