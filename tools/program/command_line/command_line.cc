#include "tools/program/command_line/command_line.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <utility>

#include "tools/program/command_line/subcommand.h"
#include "tools/program/exit_code.h"
#include "tools/program/suggestions.h"

namespace pinproof::program {
namespace {

class Parser {
 public:
  Parser() {
    app_.footer(std::string(kExitCodeTable) +
                "\nEnvironment: PINPROOF_ROOT (folder with conformance/ and scenarios/), NO_COLOR\n"
                "\nExamples:\n"
                "  pinproof run\n"
                "  pinproof explain H-STK-6\n"
                "  pinproof list scenarios --json\n"
                "\n`pinproof SUBCOMMAND --help` shows a subcommand's options, with examples.");
    app_.add_flag("--version", wants_version_, "Print the version and exit");
    for (const Subcommand& subcommand :
         {run_subcommand(), list_subcommand(), explain_subcommand(), validate_subcommand(), judge_subcommand(),
          replay_subcommand(), report_subcommand(), deviations_subcommand(), explore_subcommand(), lab_subcommand(),
          check_determinism_subcommand()}) {
      add(subcommand);
    }
    app_.require_subcommand(0, 1);
  }

  std::variant<Command, HelpText, UsageError> parse(std::vector<std::string> arguments) {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
    try {
      app_.parse(std::move(arguments));
      if (wants_version_) return Command{VersionOptions{}};
      if (app_.get_subcommands().empty()) return UsageError{"a subcommand is missing" + try_help()};
      return command_();
    } catch (const CLI::CallForHelp&) {
      return HelpText{help()};
    } catch (const CLI::ExtrasError&) {
      return UsageError{unknown_argument()};
    } catch (const CLI::ParseError& error) {
      return UsageError{std::string(error.what()) + try_help()};
    } catch (const BadValue& bad) {
      return UsageError{bad.message};
    }
  }

 private:
  void add(const Subcommand& subcommand) {
    CLI::App* app = app_.add_subcommand(subcommand.name, subcommand.help);
    app->footer(subcommand.examples);
    Arguments arguments(*app);
    app->parse_complete_callback([this, command = subcommand.declare(arguments)] { command_ = command; });
  }

  const CLI::App& innermost() const {
    const std::vector<CLI::App*> chosen = app_.get_subcommands();
    return chosen.empty() ? app_ : *chosen.front();
  }

  std::string help() const { return app_.get_subcommands().empty() ? app_.help() : innermost().help(app_.get_name()); }

  std::string try_help() const {
    const std::vector<CLI::App*> chosen = app_.get_subcommands();
    return "; see `pinproof " + (chosen.empty() ? "" : chosen.front()->get_name() + " ") + "--help`";
  }

  std::string unknown_argument() const {
    const std::vector<std::string> extras = app_.remaining(true);
    const std::string found = extras.empty() ? "" : extras.front();
    std::vector<std::string> known;
    if (found.starts_with('-')) {
      for (const CLI::Option* option : innermost().get_options()) {
        if (!option->get_lnames().empty()) known.push_back("--" + option->get_lnames().front());
      }
      return "unknown option " + found + did_you_mean(nearest(found.substr(0, found.find('=')), known)) + try_help();
    }
    if (app_.get_subcommands().empty()) {
      for (const CLI::App* subcommand : app_.get_subcommands([](const CLI::App*) { return true; }))
        known.push_back(subcommand->get_name());
      return "unknown subcommand \"" + found + "\"" + did_you_mean(nearest(found, known)) + try_help();
    }
    return "unexpected argument \"" + found + "\"" + try_help();
  }

  CLI::App app_{"Proves that a residential proxy gateway keeps its session promises.", "pinproof"};
  bool wants_version_ = false;
  std::function<Command()> command_;
};

}  // namespace

std::variant<Command, HelpText, UsageError> parse_command_line(const std::vector<std::string>& arguments) {
  return Parser().parse(arguments);
}

}  // namespace pinproof::program
