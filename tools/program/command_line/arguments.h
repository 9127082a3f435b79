// What a subcommand takes, declared a line an option. In front of CLI11, which takes seconds to compile and is known to
// arguments.cc and command_line.cc alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace pinproof::program {

/// What a value, or a pair of options, was refused for: one line for standard error. Thrown while arguments are parsed, and caught
/// by parse_command_line.
struct BadValue {
  std::string message;
};

/// `--jobs: found "x", expected an integer from 1 to 256`, thrown.
[[noreturn]] void refuse_value(const std::string& option, const std::string& found, const std::string& expected);

/// What is stored into has to outlive the parsing.
class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(app) {}

  /// `take` gets the text as it was given, and calls refuse_value where it is wrong.
  void value(const std::string& name, const std::string& type, const std::string& help,
             std::function<void(const std::string&)> take);
  /// Not empty: "" from an unset shell variable would quietly mean "the default".
  void text(const std::string& name, const std::string& type, std::string& into, const std::string& help);
  void word(const std::string& name, std::vector<std::string> words, std::string& into, const std::string& help);
  void number(const std::string& name, std::uint64_t min, std::uint64_t max, const std::string& help,
              std::function<void(std::uint64_t)> store);
  /// Longer than nothing. `example` goes into the complaint: "10m".
  void duration(const std::string& name, const std::string& example, const std::string& help,
                std::function<void(std::chrono::nanoseconds)> store);
  /// May be given more than once, a value each time.
  void repeated(const std::string& name, const std::string& type, std::vector<std::string>& into,
                const std::string& help);
  void flag(const std::string& name, bool& into, const std::string& help);

  /// The argument without a name: one, at least one, or any number.
  void positional(const std::string& name, const std::string& type, std::string& into, const std::string& help);
  void positionals(const std::string& name, const std::string& type, std::vector<std::string>& into,
                   const std::string& help);
  void any_positionals(const std::string& name, const std::string& type, std::vector<std::string>& into,
                       const std::string& help);

 private:
  CLI::App& app_;
};

}  // namespace pinproof::program
