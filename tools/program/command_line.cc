// Long because: the options of every subcommand stand here, so that CLI11 is compiled once.
#include "tools/program/command_line.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <chrono>
#include <functional>
#include <optional>
#include <tuple>
#include <utility>

#include "sim/core/time.h"
#include "tools/program/exit_code.h"
#include "tools/program/suggestions.h"

namespace pinproof::program {
namespace {

/// More threads than that gain nothing in the simulator, and a slip of the finger would take the machine down.
constexpr std::uint64_t kJobsMax = 256;

/// Each has a listener; the hard limit of open files is commonly 20,000 or less.
constexpr std::uint64_t kLabExitsMax = 10'000;
/// Faster, and the time that answers take would be minutes.
constexpr std::uint64_t kClockScaleMax = 3'600;

constexpr const char* kRunExamples =
    "Examples:\n"
    "  pinproof run                                        every shipped scenario, both dialects\n"
    "  pinproof run --dialect helodata --filter 'H-PIN-*'  what speaks for re-pins\n"
    "  pinproof run --filter '*/sticky/*' --verbose        by scenario id\n"
    "  pinproof run my-scenario.json --out results         one file; histories and result.json in results/\n"
    "  pinproof run --rules edited.json --json | jq .result\n"
    "  pinproof run --deviate helodata-cap-of-31           what the suite says of a gateway that is wrong on purpose\n"
    "  pinproof run --target lab                           the same gateway, on real sockets\n"
    "  pinproof run --target my-gateway.json --max-time 40m --expect my-ledger.json\n";

std::optional<std::uint64_t> parse_number(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string one_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

std::string complaint(const std::string& option, const std::string& found, const std::string& expected) {
  return option + ": found \"" + found + "\", expected " + expected;
}

/// Thrown by an option's callback; becomes the UsageError.
struct BadValue {
  std::string message;
};

void add_number(CLI::App& app, const std::string& name, std::uint64_t min, std::uint64_t max, const std::string& help,
                std::function<void(std::uint64_t)> store) {
  const auto take = [name, min, max, store = std::move(store)](const std::string& text) {
    const std::optional<std::uint64_t> value = parse_number(text);
    if (!value || *value < min || *value > max) {
      throw BadValue{complaint(name, text, "an integer from " + std::to_string(min) + " to " + std::to_string(max))};
    }
    store(*value);
  };
  app.add_option_function<std::string>(name, take, help)->type_name("N");
}

void add_word(CLI::App& app, const std::string& name, std::vector<std::string> words, std::string& into,
              const std::string& help) {
  const auto take = [name, words, &into](const std::string& text) {
    if (std::find(words.begin(), words.end(), text) == words.end())
      throw BadValue{complaint(name, text, one_of(words))};
    into = text;
  };
  app.add_option_function<std::string>(name, take, help)->type_name(CLI::detail::join(words, "|"));
}

/// A value that may not be empty: "" from an unset shell variable would quietly mean "the default".
void add_text(CLI::App& app, const std::string& name, const std::string& type, std::string& into,
              const std::string& help) {
  const auto take = [name, type, &into](const std::string& text) {
    if (text.empty()) throw BadValue{complaint(name, text, "a " + type)};
    into = text;
  };
  app.add_option_function<std::string>(name, take, help)->type_name(type);
}

void add_seed(CLI::App& app, std::function<void(std::uint64_t)> store) {
  add_number(app, "--seed", 0, UINT64_MAX,
             "Where every random choice comes from; the same seed gives the same bytes (default 1)", std::move(store));
}

void add_dialect(CLI::App& app, std::string& into) {
  add_word(app, "--dialect", {"helodata", "crawlera"}, into, "Only this dialect (default: both)");
}

void add_deviate(CLI::App& app, std::string& into) {
  add_text(app, "--deviate", "NAME", into,
           "Test the deviation of that name (see `list deviations`), by the readings it is meant for");
}

/// Of the run's waits on the wall clock, too.
void add_target(CLI::App& app, std::string& target, std::chrono::nanoseconds& time_max) {
  add_text(
      app, "--target", "sim|lab|PROFILE", target,
      "What to test: the reference gateway in simulated time (sim, default) or on real sockets (lab), or any gateway, "
      "by the file of its profile or the name of one that ships (see `list profiles`)");
  const auto take = [&time_max](const std::string& text) {
    const auto duration = sim::parse_duration(text);
    if (!duration || *duration <= sim::Duration::zero()) {
      throw BadValue{complaint("--max-time", text, "a duration: 40m")};
    }
    time_max = *duration;
  };
  app.add_option_function<std::string>(
         "--max-time", take, "On the wall clock: scenarios that wait for longer are not testable (default 10m)")
      ->type_name("DURATION");
}

void add_judging(CLI::App& app, std::string& set, bool& strict, bool& json) {
  add_word(app, "--set", {"core", "extended"}, set, "Which requirements decide the exit code (default core)");
  app.add_flag("--strict", strict, "Exit 4 when something was inconclusive, not testable or not exercised");
  app.add_flag("--json", json, "The result as JSON on standard output");
}

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
    add_run();
    add_list();
    add_explain();
    add_validate();
    add_judge();
    add_replay();
    add_deviations();
    add_explore();
    add_lab();
    add_check_determinism();
    app_.require_subcommand(0, 1);
  }

  std::variant<Command, HelpText, UsageError> parse(std::vector<std::string> arguments) {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
    try {
      app_.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
      return HelpText{help()};
    } catch (const CLI::ExtrasError&) {
      return UsageError{unknown_argument()};
    } catch (const CLI::ParseError& error) {
      return UsageError{std::string(error.what()) + try_help()};
    } catch (const BadValue& bad) {
      return UsageError{bad.message};
    }
    if (wants_version_) return Command{VersionOptions{}};
    if (app_.get_subcommands().empty()) return UsageError{"a subcommand is missing" + try_help()};
    if (run_.verbose && run_.quiet) return UsageError{"--verbose and --quiet exclude each other"};
    if (run_.strict && !run_.expect.empty()) {
      return UsageError{
          "--strict and --expect exclude each other: a ledger says of every verdict whether it is expected"};
    }
    for (const auto& [rules, deviate] : {std::tie(run_.rules, run_.deviate), std::tie(replay_.rules, replay_.deviate),
                                         std::tie(lab_.rules, lab_.deviate)}) {
      if (!rules.empty() && !deviate.empty()) return UsageError{"--rules and --deviate exclude each other"};
    }
    return command_();
  }

 private:
  CLI::App* add(const std::string& name, const std::string& help, const std::string& examples,
                std::function<Command()> command) {
    CLI::App* subcommand = app_.add_subcommand(name, help);
    subcommand->footer(examples);
    subcommand->parse_complete_callback([this, command = std::move(command)] { command_ = command; });
    return subcommand;
  }

  void add_run() {
    CLI::App& app = *add(
        "run", "Play scenarios against a target and say which promises held",
        kRunExamples +
            std::string(
                "\nCtrl-C ends after the scenario under way, reports what was gathered as incomplete, and exits 3\n"
                "(1 where a promise was broken by then).\n"),
        [this] { return Command{run_}; });
    app.add_option("paths", run_.paths, "Scenario files or folders (default: all that are shipped)")->type_name("PATH");
    add_target(app, run_.target, run_.time_max);
    add_dialect(app, run_.dialect);
    app.add_option("--filter", run_.filters,
                   "Only scenarios whose id, or a requirement of theirs, matches; may be repeated")
        ->type_name("GLOB")
        ->allow_extra_args(false);
    app.add_option("--skip", run_.skips,
                   "Not the scenarios whose id, or a requirement of theirs, matches; may be repeated")
        ->type_name("GLOB")
        ->allow_extra_args(false);
    add_text(app, "--rules", "FILE", run_.rules, "Rules of the gateway under test; what was promised stays as it is");
    add_deviate(app, run_.deviate);
    add_text(app, "--readings", "FILE", run_.readings, "How ambiguous promises are read");
    add_seed(app, [this](std::uint64_t seed) { run_.seed = seed; });
    add_text(app, "--expect", "LEDGER", run_.expect,
             "The verdicts that are expected, with why; exit 1 for any that differs, in either direction");
    add_text(app, "--write-ledger", "FILE", run_.write_ledger, "Write a ledger of what was found, to begin with");
    add_text(app, "--out", "DIR", run_.out, "Leave result.json and histories/*.jsonl there");
    add_judging(app, run_.set, run_.strict, run_.json);
    add_number(app, "--jobs", 1, kJobsMax, "Scenarios at a time (default: one for each core)",
               [this](std::uint64_t jobs) { run_.jobs = static_cast<std::size_t>(jobs); });
    app.add_flag("--verbose", run_.verbose, "Every scenario, and exchanges in full");
    app.add_flag("--quiet", run_.quiet, "What went wrong, and the summary");
  }

  void add_list() {
    CLI::App& app = *add("list", "List requirements, scenarios, deviations or profiles",
                         "Examples:\n  pinproof list requirements\n  pinproof list scenarios --json\n"
                         "  pinproof list deviations\n  pinproof list profiles\n",
                         [this] { return Command{list_}; });
    const auto take = [this](const std::string& text) {
      if (text == "requirements") {
        list_.what = ListOptions::What::kRequirements;
      } else if (text == "scenarios") {
        list_.what = ListOptions::What::kScenarios;
      } else if (text == "deviations") {
        list_.what = ListOptions::What::kDeviations;
      } else if (text == "profiles") {
        list_.what = ListOptions::What::kProfiles;
      } else {
        throw BadValue{complaint("list", text, "requirements, scenarios, deviations or profiles")};
      }
    };
    app.add_option_function<std::string>("what", take, "What to list")
        ->type_name("requirements|scenarios|deviations|profiles")
        ->required();
    app.add_flag("--json", list_.json, "As JSON");
  }

  void add_explain() {
    CLI::App& app =
        *add("explain", "Explain a requirement, a scenario, a deviation, a reading or a verdict word",
             "Examples:\n  pinproof explain H-STK-6\n  pinproof explain over_cap\n  pinproof explain inconclusive\n"
             "  pinproof explain helodata/sticky/window-is-capped\n  pinproof explain helodata-cap-of-31\n",
             [this] { return Command{explain_}; });
    app.add_option("id", explain_.id,
                   "The id of a requirement, a scenario or a deviation, the name of a reading, or a verdict word")
        ->type_name("ID")
        ->required();
  }

  void add_validate() {
    CLI::App& app =
        *add("validate", "Check files: scenarios, rules, readings, deviations, profiles, ledgers, histories, results",
             "Examples:\n  pinproof validate my-scenario.json\n  pinproof validate scenarios/helodata/*/*.json\n",
             [this] { return Command{validate_}; });
    app.add_option("files", validate_.files, "Files to check; what kind each is shows in its keys")
        ->type_name("FILE")
        ->required();
  }

  void add_judge() {
    CLI::App& app = *add("judge", "Rule on a recorded history, with no target at all",
                         "Examples:\n  pinproof judge results/histories/helodata.sticky.holds.jsonl\n",
                         [this] { return Command{judge_}; });
    app.add_option("history", judge_.history, "A history, as JSON Lines")->type_name("HISTORY.jsonl")->required();
    add_judging(app, judge_.set, judge_.strict, judge_.json);
  }

  void add_replay() {
    CLI::App& app = *add("replay", "Play one scenario and show every exchange",
                         "Examples:\n  pinproof replay counterexample.json\n  pinproof replay "
                         "helodata/sticky/window-is-capped --seed 7\n",
                         [this] { return Command{replay_}; });
    app.add_option("scenario", replay_.scenario, "A scenario file, or the id of one that is shipped")
        ->type_name("FILE|ID")
        ->required();
    add_target(app, replay_.target, replay_.time_max);
    add_seed(app, [this](std::uint64_t seed) { replay_.seed = seed; });
    add_text(app, "--rules", "FILE", replay_.rules, "Rules of the gateway under test");
    add_deviate(app, replay_.deviate);
    add_text(app, "--readings", "FILE", replay_.readings, "How ambiguous promises are read");
    add_judging(app, replay_.set, replay_.strict, replay_.json);
  }

  void add_deviations() {
    CLI::App& app = *add(
        "deviations", "Try gateways that are wrong on purpose: prove that the suite can tell",
        "Runs the suite against every deviation and against the gateway as it ships, and prints what killed which. A "
        "kill\n"
        "counts only when the requirement that the deviation breaks is the one that fails. Exits 1 when a deviation\n"
        "survives, or when a gateway that keeps its promises does not pass.\n\nExamples:\n  pinproof deviations\n"
        "  pinproof deviations --filter 'H-PIN-*'\n  pinproof deviations --json | jq .requirements_unkilled\n"
        "  pinproof run --deviate helodata-cap-of-31           one of them, with all that the judge has to say\n",
        [this] { return Command{deviations_}; });
    add_word(app, "--target", {"sim", "lab"}, deviations_.target,
             "What the deviations are made of: the reference gateway in simulated time (sim, default) or on real "
             "sockets (lab)");
    app.add_option("--filter", deviations_.filters,
                   "Only deviations whose id, or the requirement they break, matches; may be repeated")
        ->type_name("GLOB")
        ->allow_extra_args(false);
    add_seed(app, [this](std::uint64_t seed) { deviations_.seed = seed; });
    add_text(app, "--out", "DIR", deviations_.out, "Leave deviations.json there");
    app.add_flag("--json", deviations_.json, "The matrix as JSON on standard output");
    add_number(app, "--jobs", 1, kJobsMax, "Gateways at a time (default: one for each core)",
               [this](std::uint64_t jobs) { deviations_.jobs = static_cast<std::size_t>(jobs); });
  }

  void add_explore() {
    CLI::App& app = *add(
        "explore", "Search for a broken promise, and hand back the shortest scenario that shows it",
        "Plays generated cases and lets the judge look at them. Stops at the first that breaks a promise, shrinks it, "
        "and\n"
        "with --out leaves it as a scenario file. The same seed gives the same file.\n\nExamples:\n  pinproof explore\n"
        "  pinproof explore --deviate helodata-window-slides --out found\n"
        "  pinproof explore --cases 1000000 --keep-going --seed 7 --for 10m\n"
        "  pinproof explore --shard 2/8 --out shard-2             a share of the cases of one seed\n",
        [this] { return Command{explore_}; });
    add_text(app, "--target", "sim|lab|PROFILE", explore_.target,
             "What to search: the reference gateway in simulated time (sim, default) or on real sockets (lab), or a "
             "profile");
    add_dialect(app, explore_.dialect);
    add_text(app, "--rules", "FILE", explore_.rules,
             "Rules of the gateway under test; what was promised stays as it is");
    add_deviate(app, explore_.deviate);
    add_text(app, "--readings", "FILE", explore_.readings, "How ambiguous promises are read");
    add_seed(app, [this](std::uint64_t seed) { explore_.seed = seed; });
    add_number(app, "--cases", 1, UINT32_MAX, "So many cases of each dialect (default 10000)",
               [this](std::uint64_t cases) { explore_.cases = cases; });
    add_number(app, "--commands", 2, kExploreCommandsMax, "Commands of the longest cases (default 50)",
               [this](std::uint64_t commands) { explore_.commands = static_cast<std::size_t>(commands); });
    const auto take_time = [this](const std::string& text) {
      const auto duration = sim::parse_duration(text);
      if (!duration || *duration <= sim::Duration::zero()) throw BadValue{complaint("--for", text, "a duration: 10m")};
      explore_.time = *duration;
    };
    app.add_option_function<std::string>("--for", take_time, "No longer than that, if the cases take longer")
        ->type_name("DURATION");
    const auto take_shard = [this](const std::string& text) {
      const std::size_t slash = text.find('/');
      const auto number = [](std::string_view digits) {
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size() ? value : 0;
      };
      const std::string_view view(text);
      explore_.shard = slash == std::string::npos ? 0 : number(view.substr(0, slash));
      explore_.shards = slash == std::string::npos ? 0 : number(view.substr(slash + 1));
      if (explore_.shard < 1 || explore_.shard > explore_.shards)
        throw BadValue{complaint("--shard", text, "I/N, with I from 1 to N: 2/8")};
    };
    app.add_option_function<std::string>("--shard", take_shard, "Only this share of the cases")->type_name("I/N");
    app.add_option("--requirement", explore_.requirements, "Only what breaks it is a finding; may be repeated")
        ->type_name("ID")
        ->allow_extra_args(false);
    add_word(app, "--set", {"core", "extended"}, explore_.set, "Which requirements are looked at (default core)");
    app.add_flag("--keep-going", explore_.keep_going, "Play all the cases, and gather what differs");
    app.add_flag("--require-coverage", explore_.require_coverage,
                 "Exit 1 when something was not exercised that can be");
    add_text(app, "--out", "DIR", explore_.out, "Leave counterexamples and explore.json there");
    app.add_flag("--json", explore_.json, "The result as JSON on standard output");
    add_number(app, "--jobs", 1, kJobsMax, "Cases at a time (default: one for each core)",
               [this](std::uint64_t jobs) { explore_.jobs = static_cast<std::size_t>(jobs); });
  }

  void add_lab() {
    CLI::App& app = *add(
        "lab", "Run the reference gateway, residential exits and an origin on real sockets",
        "Prints one line of JSON when everything listens: addresses, token, CA file, credentials. Ends with SIGTERM, "
        "Ctrl-C, or\nwhen the process that started it does. Everything is on loopback, and forwards to names under "
        "origin.test only.\n\nExamples:\n  pinproof lab\n  pinproof lab --dialect crawlera --clock controlled\n"
        "  pinproof lab --clock scaled:60 --port 8080          a minute passes in a second\n"
        "  pinproof lab --no-gateway --exits 500               parents for a gateway of your own\n"
        "  curl -x http://127.0.0.1:8080 -U USER:PASSWORD http://shop.origin.test/t/1\n",
        [this] { return Command{lab_}; });
    add_word(app, "--dialect", {"helodata", "crawlera"}, lab_.dialect, "What the gateway speaks (default helodata)");
    add_number(app, "--exits", 1, kLabExitsMax, "So many residential exits (default: the 41 that scenarios play on)",
               [this](std::uint64_t exits) { lab_.exits = static_cast<std::size_t>(exits); });
    const auto take_clock = [this](const std::string& text) {
      if (text == "controlled" || text == "wall") {
        lab_.controlled = text == "controlled";
        return;
      }
      const auto factor = text.starts_with("scaled:") ? parse_number(text.substr(7)) : std::nullopt;
      if (!factor || *factor < 1 || *factor > kClockScaleMax) {
        throw BadValue{complaint("--clock", text,
                                 "controlled, wall or scaled:N, with N from 1 to " + std::to_string(kClockScaleMax))};
      }
      lab_.clock_scale = static_cast<double>(*factor);
    };
    app.add_option_function<std::string>(
           "--clock", take_clock,
           "wall (default); scaled:N, N times as fast; or controlled: it stands until moved by POST /clock/advance")
        ->type_name("controlled|wall|scaled:N");
    add_text(app, "--rules", "FILE", lab_.rules, "Rules of the gateway");
    add_deviate(app, lab_.deviate);
    add_seed(app, [this](std::uint64_t seed) { lab_.seed = seed; });
    add_number(app, "--port", 1, UINT16_MAX, "Port of the gateway (default: any that is free)",
               [this](std::uint64_t port) { lab_.port = static_cast<std::uint16_t>(port); });
    app.add_flag_callback(
        "--no-gateway", [this] { lab_.gateway = false; }, "Exits and origin only: parents for another gateway");
    app.add_flag("--stay", lab_.stay, "Do not end when the process that started it does");
  }

  void add_check_determinism() {
    CLI::App& app = *add("check-determinism", "Run the simulated world twice and compare every event",
                         "Plays a mixed workload and every shipped scenario twice, the second time with the heap laid "
                         "out otherwise. Exits 1 and\n"
                         "shows the first event that differs, if one does.\n\nExamples:\n  pinproof check-determinism\n"
                         "  pinproof check-determinism --seed 42 --dialect crawlera\n",
                         [this] { return Command{determinism_}; });
    add_seed(app, [this](std::uint64_t seed) { determinism_.seed = seed; });
    add_dialect(app, determinism_.dialect);
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
  RunOptions run_;
  ListOptions list_;
  ExplainOptions explain_;
  ValidateOptions validate_;
  JudgeOptions judge_;
  ReplayOptions replay_;
  DeviationsOptions deviations_;
  ExploreCommandOptions explore_;
  LabCommandOptions lab_;
  CheckDeterminismOptions determinism_;
  std::function<Command()> command_;
};

}  // namespace

std::variant<Command, HelpText, UsageError> parse_command_line(const std::vector<std::string>& arguments) {
  return Parser().parse(arguments);
}

}  // namespace pinproof::program
