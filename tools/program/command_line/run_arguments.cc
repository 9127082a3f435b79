#include <memory>

#include "tools/program/command_line/common_arguments.h"
#include "tools/program/command_line/subcommand.h"
#include "tools/program/renderers.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  pinproof run                                        every shipped scenario, both dialects\n"
    "  pinproof run --dialect helodata --filter 'H-PIN-*'  what speaks for re-pins\n"
    "  pinproof run --filter '*/sticky/*' --verbose        by scenario id\n"
    "  pinproof run my-scenario.json --out results         one file; histories and result.json in results/\n"
    "  pinproof run --rules edited.json --json | jq .result\n"
    "  pinproof run --deviate helodata-cap-of-31           what the suite says of a gateway that is wrong on purpose\n"
    "  pinproof run --target lab                           the same gateway, on real sockets\n"
    "  pinproof run --target my-gateway.json --max-time 40m --expect my-ledger.json\n"
    "  pinproof run --report report.html --report junit.xml --report badge:pinproof.svg\n"
    "\nCtrl-C ends after the scenario under way, reports what was gathered as incomplete, and exits 3\n"
    "(1 where a promise was broken by then).\n";

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<RunOptions>();
  arguments.any_positionals("paths", "PATH", options->paths,
                            "Scenario files or folders (default: all that are shipped)");
  add_target(arguments, options->target, options->time_max);
  add_dialect(arguments, options->dialect);
  arguments.repeated("--filter", "GLOB", options->filters,
                     "Only scenarios whose id, or a requirement of theirs, matches; may be repeated");
  arguments.repeated("--skip", "GLOB", options->skips,
                     "Not the scenarios whose id, or a requirement of theirs, matches; may be repeated");
  arguments.text("--rules", "FILE", options->rules,
                 "Rules of the gateway under test; what was promised stays as it is");
  add_deviate(arguments, options->deviate);
  add_readings(arguments, options->readings);
  add_seed(arguments, [options](std::uint64_t seed) { options->seed = seed; });
  arguments.text("--expect", "LEDGER", options->expect,
                 "The verdicts that are expected, with why; exit 1 for any that differs, in either direction");
  arguments.text("--write-ledger", "FILE", options->write_ledger, "Write a ledger of what was found, to begin with");
  arguments.text("--out", "DIR", options->out, "Leave result.json and histories/*.jsonl there");
  arguments.repeated(
      "--report", "[FORMAT:]FILE", options->reports,
      "Write a report; the format is told by the ending or by name (" + renderer_names() + "); may be repeated");
  add_judging(arguments, options->set, options->strict, options->json);
  add_jobs(arguments, "Scenarios", options->jobs);
  arguments.flag("--verbose", options->verbose, "Every scenario, and exchanges in full");
  arguments.flag("--quiet", options->quiet, "What went wrong, and the summary");
  return [options] {
    if (options->verbose && options->quiet) throw BadValue{"--verbose and --quiet exclude each other"};
    if (options->strict && !options->expect.empty()) {
      throw BadValue{"--strict and --expect exclude each other: a ledger says of every verdict whether it is expected"};
    }
    exclude_each_other(options->rules, options->deviate);
    return Command{*options};
  };
}

}  // namespace

Subcommand run_subcommand() {
  return {"run", "Play scenarios against a target and say which promises held", kExamples, declare};
}

}  // namespace pinproof::program
