#include <fmt/format.h>

#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/history/history_writer.h"
#include "conformance/player/player.h"
#include "reports/escape.h"
#include "sim/core/digest.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/defendant.h"
#include "tools/program/heap_perturbation.h"
#include "tools/program/selection.h"
#include "tools/program/subcommands.h"
#include "tools/program/version.h"
#include "tools/program/workload_determinism.h"

namespace pinproof::program {
namespace {

std::string history_of(const conformance::Scenario& scenario, const Data& data, const Defendant& defendant,
                       std::uint64_t seed) {
  std::ostringstream text;
  conformance::HistoryWriter writer(text);
  const auto target = defendant.make(scenario.dialect);
  conformance::PlayOptions options;
  options.seed = scenario.seed.value_or(seed);
  options.program = "pinproof " + std::string(kVersion);
  conformance::play(scenario, data.catalogue, *target, options, writer);
  return text.str();
}

/// The line `number` (from 1) of a text; nothing where it has fewer.
std::optional<std::string> line_of(std::string_view text, std::size_t number) {
  for (; number > 1; --number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  return text.empty() ? std::nullopt : std::optional(std::string(text.substr(0, text.find('\n'))));
}

sim::Divergence first_difference(std::string_view left, std::string_view right) {
  sim::Divergence divergence;
  for (divergence.line = 1;; ++divergence.line) {
    divergence.left = line_of(left, divergence.line);
    divergence.right = line_of(right, divergence.line);
    if (divergence.left != divergence.right) return divergence;
  }
}

void show(const std::string& of, const sim::Divergence& divergence, Streams& streams) {
  streams.out << of << ": two runs differ, first in line " << divergence.line << '\n';
  if (!divergence.repeated) {
    streams.out << "  the runs were alike when they were made again: the difference itself does not repeat\n";
    return;
  }
  const auto shown = [](const std::optional<std::string>& line) {
    return line ? reports::escape(*line) : std::string("(had ended)");
  };
  streams.out << "  first   " << shown(divergence.left) << "\n  second  " << shown(divergence.right) << '\n';
}

bool check_workloads(const Defendant& defendant, std::uint64_t seed, Streams& streams) {
  bool repeats = true;
  for (const auto& [dialect, target] : defendant.targets()) {
    const WorkloadComparison comparison = compare_workload_runs(target.rules, seed);
    if (comparison.divergence) {
      show(dialect + " workload", *comparison.divergence, streams);
      repeats = false;
    } else {
      streams.out << fmt::format("{} workload: {} events, digest {}, the same twice\n", dialect, comparison.events,
                                 comparison.digest);
    }
  }
  return repeats;
}

bool check_scenarios(const std::vector<conformance::Scenario>& scenarios, const Data& data, const Defendant& defendant,
                     std::uint64_t seed, Streams& streams) {
  bool repeats = true;
  sim::Digest digest;
  for (const conformance::Scenario& scenario : scenarios) {
    const std::string first = history_of(scenario, data, defendant, seed);
    const HeapPerturbation perturbation;
    const std::string second = history_of(scenario, data, defendant, seed);
    digest.add(first);
    if (first == second) continue;
    show(scenario.id, first_difference(first, second), streams);
    repeats = false;
  }
  if (repeats) {
    streams.out << fmt::format("{} scenario histories: digest {}, the same twice\n", scenarios.size(), digest.hex());
  }
  return repeats;
}

}  // namespace

int run(const CheckDeterminismOptions& options, Streams& streams) {
  const Data data = load_data();
  const auto loaded = Defendant::load({options.dialect, "", "", ""}, data);
  if (const auto* message = std::get_if<std::string>(&loaded)) return refuse(streams, *message);
  const auto& defendant = std::get<Defendant>(loaded);
  const auto selected = select_scenarios(RunOptions{}, data, defendant.dialects());
  if (const auto* complaints = std::get_if<Complaints>(&selected)) {
    for (const std::string& message : *complaints) complain(streams, message);
    return kInputError;
  }
  streams.out << "seed " << options.seed << '\n';
  const bool workloads_repeat = check_workloads(defendant, options.seed, streams);
  const bool scenarios_repeat =
      check_scenarios(std::get<std::vector<conformance::Scenario>>(selected), data, defendant, options.seed, streams);
  return workloads_repeat && scenarios_repeat ? kNothingUnexpected : kPromiseBroken;
}

}  // namespace pinproof::program
