#include "tools/program/command_line/common_arguments.h"

#include <utility>

namespace pinproof::program {
namespace {

/// More threads than that gain nothing in the simulator, and a slip of the finger would take the machine down.
constexpr std::uint64_t kJobsMax = 256;

}  // namespace

void add_seed(Arguments& arguments, std::function<void(std::uint64_t)> store) {
  arguments.number("--seed", 0, UINT64_MAX,
                   "Where every random choice comes from; the same seed gives the same bytes (default 1)",
                   std::move(store));
}

void add_dialect(Arguments& arguments, std::string& into) {
  arguments.word("--dialect", {"helodata", "crawlera"}, into, "Only this dialect (default: both)");
}

void add_deviate(Arguments& arguments, std::string& into) {
  arguments.text("--deviate", "NAME", into,
                 "Test the deviation of that name (see `list deviations`), by the readings it is meant for");
}

void add_readings(Arguments& arguments, std::string& into) {
  arguments.text("--readings", "FILE", into, "How ambiguous promises are read");
}

void add_jobs(Arguments& arguments, const std::string& what, std::size_t& into) {
  arguments.number("--jobs", 1, kJobsMax, what + " at a time (default: one for each core)",
                   [&into](std::uint64_t jobs) { into = static_cast<std::size_t>(jobs); });
}

void add_target(Arguments& arguments, std::string& target, std::chrono::nanoseconds& time_max) {
  arguments.text(
      "--target", "sim|lab|PROFILE", target,
      "What to test: the reference gateway in simulated time (sim, default) or on real sockets (lab), or any gateway, "
      "by the file of its profile or the name of one that ships (see `list profiles`)");
  arguments.duration("--max-time", "40m",
                     "On the wall clock: scenarios that wait for longer are not testable (default 10m)",
                     [&time_max](std::chrono::nanoseconds duration) { time_max = duration; });
}

void add_judging(Arguments& arguments, std::string& set, bool& strict, bool& json) {
  arguments.word("--set", {"core", "extended"}, set, "Which requirements decide the exit code (default core)");
  arguments.flag("--strict", strict, "Exit 4 when something was inconclusive, not testable or not exercised");
  arguments.flag("--json", json, "The result as JSON on standard output");
}

void exclude_each_other(const std::string& rules, const std::string& deviate) {
  if (!rules.empty() && !deviate.empty()) throw BadValue{"--rules and --deviate exclude each other"};
}

}  // namespace pinproof::program
