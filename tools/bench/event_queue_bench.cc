// The event queue through an engine with a real handler, beside a binary heap of the same events and, where it is
// installed, ns-3. All models are run in turns within one run, and the ratios printed at the end are of their medians.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <map>
#include <queue>
#include <string_view>
#include <utility>

#include "sim/core/event_queue.h"
#include "tools/bench/hold_model.h"

namespace pinproof::bench {
namespace {

/// std::priority_queue behind EventQueue's interface: what one would write first.
template <class Event>
class BinaryHeap {
 public:
  bool empty() const { return heap_.empty(); }
  void push(sim::Instant at, const Event& event) { heap_.push({at, pushed_++, event}); }
  sim::Instant next_time() const { return heap_.top().at; }
  sim::Instant pop(Event& event) {
    const sim::Instant at = heap_.top().at;
    event = heap_.top().event;
    heap_.pop();
    return at;
  }

 private:
  struct Entry {
    sim::Instant at;
    std::uint64_t sequence;
    Event event;
    bool operator>(const Entry& other) const { return at != other.at ? at > other.at : sequence > other.sequence; }
  };
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap_;
  std::uint64_t pushed_ = 0;
};

/// The loop of a simulated world: the next event that is due, its handler, and what that schedules.
template <template <class> class Queue>
class Engine final : public HoldModel {
 public:
  explicit Engine(std::size_t pending) {
    for (std::uint64_t actor = 0; actor < pending; ++actor) schedule({&Engine::handle, actor, 0});
  }

  void run(std::uint64_t events) override {
    Event event;
    for (; events > 0 && !queue_.empty() && queue_.next_time() < sim::kNever; --events) {
      now_ = queue_.pop(event);
      event.handler(*this, event);
    }
  }

  std::uint64_t checksum() const override { return workload_.checksum(); }

 private:
  struct Event {
    void (*handler)(Engine&, const Event&) = nullptr;
    std::uint64_t actor = 0;
    std::uint64_t visits = 0;
  };

  void schedule(const Event& event) { queue_.push(now_ + workload_.next_increment(), event); }

  static void handle(Engine& engine, const Event& event) {
    engine.workload_.visit(engine.now_.time_since_epoch().count(), event.actor);
    engine.schedule({event.handler, event.actor, event.visits + 1});
  }

  Queue<Event> queue_;
  Workload workload_;
  sim::Instant now_ = sim::kStart;
};

constexpr const char* kOurs = "pinproof";
constexpr std::array<std::int64_t, 3> kPending{100, 10'000, 1'000'000};
constexpr std::int64_t kBatch = 1'000;  // events an iteration
constexpr int kRepetitions = 5;

struct Contender {
  std::string name;
  std::function<std::unique_ptr<HoldModel>(std::size_t pending)> make;
  std::array<std::int64_t, kPending.size()> iterations;  // a fraction of a second each; 0: hopeless at this size
};

std::vector<Contender> contenders() {
  std::vector<Contender> all;
  all.push_back({kOurs,
                 [](std::size_t pending) { return std::make_unique<Engine<sim::EventQueue>>(pending); },
                 {8'000, 8'000, 6'000}});
  all.push_back({"binary heap",
                 [](std::size_t pending) { return std::make_unique<Engine<BinaryHeap>>(pending); },
                 {4'000, 3'000, 1'000}});
#ifdef PINPROOF_HAS_NS3
  const auto ns3 = [&all](const std::string& scheduler, std::array<std::int64_t, kPending.size()> iterations) {
    all.push_back({"ns-3 " + scheduler,
                   [scheduler](std::size_t pending) { return make_ns3_hold_model("ns3::" + scheduler, pending); },
                   iterations});
  };
  ns3("MapScheduler", {2'000, 1'500, 300});
  ns3("HeapScheduler", {1'500, 1'000, 300});
  // Past some 10^5 events it resizes itself all the time: 0.02 million a second at 10^6, and minutes to fill.
  ns3("CalendarScheduler", {2'000, 1'500, 0});
  ns3("PriorityQueueScheduler", {2'500, 2'000, 500});
  ns3("ListScheduler", {1'500, 0, 0});
#endif
  return all;
}

/// Ratios of different work would mean nothing.
void check_that_all_do_the_same(const std::vector<Contender>& all) {
  std::map<std::uint64_t, std::string> checksums;
  for (const Contender& contender : all) {
    const std::unique_ptr<HoldModel> model = contender.make(100);
    model->run(200'000);
    checksums.emplace(model->checksum(), contender.name);
  }
  if (checksums.size() == 1) return;
  for (const auto& [checksum, name] : checksums) fmt::print(stderr, "checksum {:016x}: {}\n", checksum, name);
  std::exit(1);
}

void register_all(const std::vector<Contender>& all) {
  for (const Contender& contender : all) {
    for (std::size_t i = 0; i < kPending.size(); ++i) {
      const std::int64_t iterations = contender.iterations[i];
      if (iterations == 0) continue;
      const auto run = [make = contender.make, iterations](benchmark::State& state) {
        const std::unique_ptr<HoldModel> model = make(static_cast<std::size_t>(state.range(0)));
        model->run(static_cast<std::uint64_t>(iterations * kBatch /
                                              2));  // memory as it lies after a while, not as it was filled
        for ([[maybe_unused]] auto iteration : state) model->run(kBatch);
        state.SetItemsProcessed(state.iterations() * kBatch);
      };
      benchmark::RegisterBenchmark(contender.name.c_str(), run)
          ->Arg(kPending[i])
          ->Iterations(iterations)
          ->Repetitions(kRepetitions)
          ->ReportAggregatesOnly();
    }
  }
}

/// The console's usual lines, and the table of ratios after them.
class RatioReporter final : public benchmark::ConsoleReporter {
 public:
  RatioReporter() : ConsoleReporter(OO_None) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.aggregate_name != "median") continue;
      const double rate = run.counters.at("items_per_second") / 1e6;
      medians_[std::stol(run.run_name.args)][run.run_name.function_name] = rate;
    }
  }

  void Finalize() override {
    fmt::print("\nmedians of {} in turns, million events a second\n", kRepetitions);
    fmt::print("{:>9} {:>9} {:>12} {:>6} {:>10}  {:<28} {:>6}\n", "pending", kOurs, "binary heap", "ratio", "best ns-3",
               "", "ratio");
    for (const auto& [pending, rates] : medians_) {
      const auto rate_of = [&rates = rates](const std::string& name) {
        return rates.contains(name) ? rates.at(name) : 0.0;
      };
      std::pair<double, std::string> best;
      for (const auto& [name, rate] : rates) {
        if (name.starts_with("ns-3")) best = std::max(best, {rate, name});
      }
      const double ours = rate_of(kOurs);
      const double heap = rate_of("binary heap");
      fmt::print("{:>9} {:>9.1f} {:>12.1f} {:>6} {:>10.2f}  {:<28} {:>6}\n", pending, ours, heap, ratio(ours, heap),
                 best.first, best.second, ratio(ours, best.first));
    }
  }

 private:
  static std::string ratio(double ours, double theirs) {
    return ours > 0 && theirs > 0 ? fmt::format("{:.1f}", ours / theirs) : "-";
  }

  std::map<std::int64_t, std::map<std::string, double>> medians_;
};

}  // namespace
}  // namespace pinproof::bench

int main(int argc, char** argv) {
  // Repetitions in turns, so that what else the machine does falls on all of them alike; a flag of the caller's own
  // comes later and wins.
  std::string in_turns = "--benchmark_enable_random_interleaving=true";
  std::vector<char*> arguments{argv, argv + argc};
  arguments.insert(arguments.begin() + 1, in_turns.data());
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;

  const std::vector<pinproof::bench::Contender> all = pinproof::bench::contenders();
  pinproof::bench::check_that_all_do_the_same(all);
  pinproof::bench::register_all(all);
  pinproof::bench::RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  return 0;
}
