#include <memory>

#include "tools/program/command_line/common_arguments.h"
#include "tools/program/command_line/subcommand.h"
#include "tools/program/renderers.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  pinproof run --out results; pinproof report results/result.json --out report.html\n"
    "  pinproof report results/result.json --format markdown --short     for a comment on a change\n"
    "  pinproof report results/result.json --compare yesterday/result.json\n"
    "  pinproof report sim.json lab.json deviations.json --out report.html\n"
    "\nHistories that result.json names are looked for beside it, and shown as timelines in HTML.\n"
    "The exit code says whether the report was made, not what it says: 0; 2 where an input or an option is no\n"
    "good; 3 where the report cannot be written.\n";

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<ReportOptions>();
  arguments.positionals("results", "RESULT.json", options->files,
                        "Results of runs (run --out, run --json), and a deviation matrix (deviations --json)");
  std::vector<std::string> formats;
  for (const Renderer& one : renderers()) formats.emplace_back(one.name);
  arguments.word("--format", formats, options->format, "Default: as the ending of --out says, or markdown");
  arguments.text("--compare", "OLD.json", options->compare, "What became of the verdicts of an older result");
  arguments.text("--out", "FILE", options->out, "Where to; default: standard output");
  arguments.flag("--short", options->is_short, "Markdown that fits a comment: under 64,000 bytes");
  return [options] { return Command{*options}; };
}

}  // namespace

Subcommand report_subcommand() {
  return {"report", "Show results as HTML, Markdown, JUnit and other formats", kExamples, declare};
}

}  // namespace pinproof::program
