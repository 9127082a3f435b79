#include <memory>

#include "tools/program/command_line/common_arguments.h"
#include "tools/program/command_line/numbers.h"
#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

/// Each has a listener; the hard limit of open files is commonly 20,000 or less.
constexpr std::uint64_t kLabExitsMax = 10'000;
/// Faster, and the time that answers take would be minutes.
constexpr std::uint64_t kClockScaleMax = 3'600;

constexpr const char* kExamples =
    "Prints one line of JSON when everything listens: addresses, token, CA file, credentials. Ends with SIGTERM, "
    "Ctrl-C, or\nwhen the process that started it does. Everything is on loopback, and forwards to names under "
    "origin.test only.\n\nExamples:\n  pinproof lab\n  pinproof lab --dialect crawlera --clock controlled\n"
    "  pinproof lab --clock scaled:60 --port 8080          a minute passes in a second\n"
    "  pinproof lab --no-gateway --exits 500               parents for a gateway of your own\n"
    "  curl -x http://127.0.0.1:8080 -U USER:PASSWORD http://shop.origin.test/t/1\n";

void take_clock(LabCommandOptions& options, const std::string& text) {
  if (text == "controlled" || text == "wall") {
    options.controlled = text == "controlled";
    return;
  }
  const auto factor = text.starts_with("scaled:") ? parse_number(std::string_view(text).substr(7)) : std::nullopt;
  if (!factor || *factor < 1 || *factor > kClockScaleMax) {
    refuse_value("--clock", text, "controlled, wall or scaled:N, with N from 1 to " + std::to_string(kClockScaleMax));
  }
  options.clock_scale = static_cast<double>(*factor);
}

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<LabCommandOptions>();
  const auto no_gateway = std::make_shared<bool>(false);
  arguments.word("--dialect", {"helodata", "crawlera"}, options->dialect, "What the gateway speaks (default helodata)");
  arguments.number("--exits", 1, kLabExitsMax, "So many residential exits (default: the 41 that scenarios play on)",
                   [options](std::uint64_t exits) { options->exits = static_cast<std::size_t>(exits); });
  arguments.value(
      "--clock", "controlled|wall|scaled:N",
      "wall (default); scaled:N, N times as fast; or controlled: it stands until moved by POST /clock/advance",
      [options](const std::string& text) { take_clock(*options, text); });
  arguments.text("--rules", "FILE", options->rules, "Rules of the gateway");
  add_deviate(arguments, options->deviate);
  add_seed(arguments, [options](std::uint64_t seed) { options->seed = seed; });
  arguments.number("--port", 1, UINT16_MAX, "Port of the gateway (default: any that is free)",
                   [options](std::uint64_t port) { options->port = static_cast<std::uint16_t>(port); });
  arguments.flag("--no-gateway", *no_gateway, "Exits and origin only: parents for another gateway");
  arguments.flag("--stay", options->stay, "Do not end when the process that started it does");
  return [options, no_gateway] {
    exclude_each_other(options->rules, options->deviate);
    options->gateway = !*no_gateway;
    return Command{*options};
  };
}

}  // namespace

Subcommand lab_subcommand() {
  return {"lab", "Run the reference gateway, residential exits and an origin on real sockets", kExamples, declare};
}

}  // namespace pinproof::program
