#include <memory>

#include "tools/program/command_line/common_arguments.h"
#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Runs the suite against every deviation and against the gateway as it ships, and prints what killed which. A kill\n"
    "counts only when the requirement that the deviation breaks is the one that fails. Exits 1 when a deviation\n"
    "survives, or when a gateway that keeps its promises does not pass.\n\nExamples:\n  pinproof deviations\n"
    "  pinproof deviations --filter 'H-PIN-*'\n  pinproof deviations --json | jq .requirements_unkilled\n"
    "  pinproof run --deviate helodata-cap-of-31           one of them, with all that the judge has to say\n";

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<DeviationsOptions>();
  arguments.word("--target", {"sim", "lab"}, options->target,
                 "What the deviations are made of: the reference gateway in simulated time (sim, default) or on real "
                 "sockets (lab)");
  arguments.repeated("--filter", "GLOB", options->filters,
                     "Only deviations whose id, or the requirement they break, matches; may be repeated");
  add_seed(arguments, [options](std::uint64_t seed) { options->seed = seed; });
  arguments.text("--out", "DIR", options->out, "Leave deviations.json there");
  arguments.flag("--json", options->json, "The matrix as JSON on standard output");
  add_jobs(arguments, "Gateways", options->jobs);
  return [options] { return Command{*options}; };
}

}  // namespace

Subcommand deviations_subcommand() {
  return {"deviations", "Try gateways that are wrong on purpose: prove that the suite can tell", kExamples, declare};
}

}  // namespace pinproof::program
