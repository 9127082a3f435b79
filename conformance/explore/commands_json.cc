#include "conformance/explore/commands_json.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <type_traits>
#include <vector>

namespace pinproof::conformance {
namespace {

using Json = nlohmann::ordered_json;
using Words = std::vector<std::string_view>;

// In the order of the enumerations.
const Words& words_of(Verb) {
  static const Words kWords{"request", "begin", "await",  "release", "abandon", "close",
                            "wait",    "exit",  "create", "list",    "delete",  "fill"};
  return kWords;
}
const Words& words_of(ConnectionUse) {
  static const Words kWords{"new", "kept", "shared"};
  return kWords;
}
const Words& words_of(sim::ExitAction) {
  static const Words kWords{"drop", "restore", "reset", "fail", "slow", "blackhole"};
  return kWords;
}
const Words& words_of(Aim) {
  static const Words kWords{"in_use", "another", "in_flight", "matching", "all"};
  return kWords;
}
const Words& words_of(Anchor) {
  static const Words kWords{"now", "opened", "last"};
  return kWords;
}

// Every field of a command but its verb.
template <class Visit>
void each_field(Visit visit) {
  visit("together", &Command::together);
  visit("actor", &Command::actor);
  visit("key", &Command::key);
  visit("create", &Command::create);
  visit("connect", &Command::connect);
  visit("connection", &Command::connection);
  visit("host", &Command::host);
  visit("load", &Command::load);
  visit("headers", &Command::headers);
  visit("retries", &Command::retries);
  visit("fault", &Command::fault);
  visit("count", &Command::count);
  visit("every", &Command::every);
  visit("flight", &Command::flight);
  visit("gated", &Command::gated);
  visit("action", &Command::action);
  visit("aim", &Command::aim);
  visit("lasting", &Command::lasting);
  visit("times", &Command::times);
  visit("after", &Command::anchor);
  visit("span", &Command::span);
  visit("offset", &Command::offset);
  visit("over", &Command::over);
}

template <class T>
T read_value(const sim::JsonReader& json) {
  if constexpr (std::is_same_v<T, bool>) {
    return json.boolean();
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<T>(json.choose(words_of(T{})));
  } else {
    return static_cast<T>(json.integer(std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
  }
}

template <class T>
Json value_of(T value) {
  if constexpr (std::is_enum_v<T>) {
    return words_of(value).at(static_cast<std::size_t>(value));
  } else {
    return value;
  }
}

Command read_command(const sim::JsonReader& json) {
  std::vector<std::string_view> names{"do"};
  each_field([&](std::string_view name, auto) { names.push_back(name); });
  json.object(names);
  Command command;
  command.verb = read_value<Verb>(json.at("do"));
  each_field([&](std::string_view name, auto field) {
    using T = std::remove_reference_t<decltype(command.*field)>;
    if (const auto value = json.optional(name)) command.*field = read_value<T>(*value);
  });
  return command;
}

}  // namespace

Json commands_to_json(const Commands& commands) {
  const Command plain;
  Json list = Json::array();
  for (const Command& command : commands) {
    Json one{{"do", value_of(command.verb)}};
    each_field([&](std::string_view name, auto field) {
      if (command.*field != plain.*field) one[std::string(name)] = value_of(command.*field);
    });
    list.push_back(std::move(one));
  }
  return list;
}

Commands read_commands(const sim::JsonReader& json) {
  Commands commands;
  for (const sim::JsonReader& one : json.array(1, kCommandsMax)) commands.push_back(read_command(one));
  return commands;
}

std::string seed_text(std::uint64_t seed) { return fmt::format("{:016x}", seed); }

std::uint64_t read_seed(const sim::JsonReader& json) {
  const std::string text = json.string();
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed, 16);
  if (error != std::errc() || end != text.data() + text.size() || seed_text(seed) != text)
    json.refuse("16 hexadecimal digits: \"00000000000000a7\"");
  return seed;
}

}  // namespace pinproof::conformance
