#include "tools/program/command_line/arguments.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <utility>

#include "sim/core/time.h"
#include "tools/program/command_line/numbers.h"

namespace pinproof::program {
namespace {

std::string one_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

}  // namespace

void refuse_value(const std::string& option, const std::string& found, const std::string& expected) {
  throw BadValue{option + ": found \"" + found + "\", expected " + expected};
}

void Arguments::value(const std::string& name, const std::string& type, const std::string& help,
                      std::function<void(const std::string&)> take) {
  app_.add_option_function<std::string>(name, std::move(take), help)->type_name(type);
}

void Arguments::text(const std::string& name, const std::string& type, std::string& into, const std::string& help) {
  value(name, type, help, [name, type, &into](const std::string& text) {
    if (text.empty()) refuse_value(name, text, "a " + type);
    into = text;
  });
}

void Arguments::word(const std::string& name, std::vector<std::string> words, std::string& into,
                     const std::string& help) {
  const std::string type = CLI::detail::join(words, "|");
  value(name, type, help, [name, words = std::move(words), &into](const std::string& text) {
    if (std::find(words.begin(), words.end(), text) == words.end()) refuse_value(name, text, one_of(words));
    into = text;
  });
}

void Arguments::number(const std::string& name, std::uint64_t min, std::uint64_t max, const std::string& help,
                       std::function<void(std::uint64_t)> store) {
  value(name, "N", help, [name, min, max, store = std::move(store)](const std::string& text) {
    const auto number = parse_number(text);
    if (!number || *number < min || *number > max)
      refuse_value(name, text, "an integer from " + std::to_string(min) + " to " + std::to_string(max));
    store(*number);
  });
}

void Arguments::duration(const std::string& name, const std::string& example, const std::string& help,
                         std::function<void(std::chrono::nanoseconds)> store) {
  value(name, "DURATION", help, [name, example, store = std::move(store)](const std::string& text) {
    const auto duration = sim::parse_duration(text);
    if (!duration || *duration <= sim::Duration::zero()) refuse_value(name, text, "a duration: " + example);
    store(*duration);
  });
}

void Arguments::repeated(const std::string& name, const std::string& type, std::vector<std::string>& into,
                         const std::string& help) {
  app_.add_option(name, into, help)->type_name(type)->allow_extra_args(false);
}

void Arguments::flag(const std::string& name, bool& into, const std::string& help) { app_.add_flag(name, into, help); }

void Arguments::positional(const std::string& name, const std::string& type, std::string& into,
                           const std::string& help) {
  app_.add_option(name, into, help)->type_name(type)->required();
}

void Arguments::positionals(const std::string& name, const std::string& type, std::vector<std::string>& into,
                            const std::string& help) {
  app_.add_option(name, into, help)->type_name(type)->required();
}

void Arguments::any_positionals(const std::string& name, const std::string& type, std::vector<std::string>& into,
                                const std::string& help) {
  app_.add_option(name, into, help)->type_name(type);
}

}  // namespace pinproof::program
