// What an observation costs the judge: read from a file, judged in memory, and both, as `pinproof judge` does it. Histories of 100,000
// requests by the reference gateway: sticky sessions of a user name (helodata), and issued ones (crawlera).
//
// "lab" has what upstreams and origin saw, three or so records beside each observation; "log" is what a client alone can record, as a
// log of production traffic would be. Items are observations. The file is in the page cache.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/history/history_reader.h"
#include "conformance/history/history_writer.h"
#include "conformance/judge/judge.h"
#include "conformance/target/shipped_target_testing.h"
#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kObservations = 100'000;
constexpr std::uint64_t kSessions = 500;
constexpr std::uint64_t kAtOnce = 10;            // requests under way
constexpr std::uint64_t kJournalsEvery = 1'000;  // requests
constexpr std::uint64_t kDropEvery = 10'000;

HistoryHeader header_of(const TargetDescription& target) {
  HistoryHeader header;
  header.program = "bench";
  header.dialect = target.dialect;
  header.target = target.name;
  header.target_kind = target.kind;
  header.clock = target.clock;
  header.tolerance = target.tolerance;
  header.readings = target.readings;
  header.promised = target.promised;
  header.vocabulary = target.vocabulary;
  header.capabilities = target.capabilities;
  header.exits = target.exits;
  return header;
}

/// Keeps many sessions in use in turn, whatever the dialect, and drops an exit now and then.
class Traffic {
 public:
  explicit Traffic(const std::string& dialect) : target_(shipped_target(dialect)), ids_(kSessions, "create") {
    history_.header = header_of(target_->description());
    target_->reset(1);
  }

  History record() {
    const bool issued = !history_.header.vocabulary.session.empty();
    // As fast as the gateway's spacing lets a session's IP go, and faster than a window runs out where there is none.
    const Duration pause = issued ? Duration(6s) : Duration(500ms);
    while (sent_ < kObservations) {
      std::vector<std::uint64_t> under_way;
      for (std::uint64_t i = 0; i < kAtOnce; ++i) under_way.push_back(send(issued));
      target_->wait_for(under_way);
      if (sent_ % kJournalsEvery == 0) target_->complete_journals();
      if (sent_ % kDropEvery == 0) drop();
      target_->wait_until(target_->now() + pause);
      take();
    }
    target_->complete_journals();
    take();
    return std::move(history_);
  }

 private:
  std::uint64_t send(bool issued) {
    const std::uint64_t session = sent_ % kSessions;
    Stimulus stimulus;
    stimulus.id = ++sent_;
    stimulus.actor = "client";
    stimulus.account = "one";
    stimulus.method = "GET";
    stimulus.host = "shop.origin.test";
    stimulus.token = fmt::format("t-{}", stimulus.id);
    stimulus.path = fmt::format("/t/{}?size=16", stimulus.token);
    if (issued) {
      stimulus.headers.add(history_.header.vocabulary.session, ids_[session]);
    } else {
      stimulus.user_name = fmt::format("helo_{{account}}-type-res-region-us-session-s{:04}-sesstime-30", session);
    }
    target_->submit(stimulus);
    return stimulus.id;
  }

  void drop() {
    const auto exit = static_cast<std::uint32_t>(sent_ / kDropEvery % history_.header.exits.size());
    target_->act({.exit = sim::ExitId{exit}, .action = sim::ExitAction::kDrop, .lasting = Duration(1min)});
  }

  void take() {
    const std::size_t before = history_.records.size();
    target_->take(history_.records);
    for (std::size_t i = before; i < history_.records.size(); ++i) {
      const auto* const seen = std::get_if<Observation>(&history_.records[i]);
      if (seen == nullptr || seen->session.empty()) continue;
      // One that is no good any more is replaced.
      const auto id = seen->headers.find(history_.header.vocabulary.session);
      ids_[(seen->id - 1) % kSessions] = seen->status == 200 && id ? std::string(*id) : std::string("create");
    }
  }

  std::unique_ptr<SimulatedTarget> target_;
  History history_;
  std::vector<std::string> ids_;  // of the sessions that the gateway issued
  std::uint64_t sent_ = 0;
};

/// The same as the client alone can tell it.
History log_of(const History& lab) {
  History log;
  log.header = lab.header;
  for (const Capability capability : {Capability::kExits, Capability::kAttempts, Capability::kDrop}) {
    log.header.capabilities.remove(capability);
  }
  for (const Record& record : lab.records) {
    const auto* const seen = std::get_if<Observation>(&record);
    if (seen == nullptr) continue;
    Observation told = *seen;
    told.token.clear();
    told.exit_by_origin.clear();
    log.records.emplace_back(std::move(told));
  }
  return log;
}

/// A history in memory and as a file, which is gone when the program is.
struct Recorded {
  Recorded() = default;
  Recorded(const Recorded&) = delete;
  Recorded& operator=(const Recorded&) = delete;
  ~Recorded() {
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
  }

  History history;
  std::filesystem::path file;
  double bytes_per_observation = 0;
};

std::uint64_t observations_in(const History& history) {
  std::uint64_t count = 0;
  for (const Record& record : history.records) count += std::holds_alternative<Observation>(record) ? 1 : 0;
  return count;
}

const Recorded& recorded(const std::string& dialect, bool is_log) {
  static std::map<std::pair<std::string, bool>, Recorded> all;
  Recorded& one = all[{dialect, is_log}];
  if (!one.file.empty()) return one;
  one.history = is_log ? log_of(recorded(dialect, false).history) : Traffic(dialect).record();
  PINPROOF_CHECK(observations_in(one.history) == kObservations, "{} observations", observations_in(one.history));
  one.file =
      std::filesystem::temp_directory_path() / fmt::format("judge_bench.{}.{}.jsonl", dialect, is_log ? "log" : "lab");
  std::ofstream(one.file, std::ios::binary) << history_text(one.history);
  one.bytes_per_observation = static_cast<double>(std::filesystem::file_size(one.file)) / kObservations;
  return one;
}

class Count final : public HistorySink {
 public:
  void header(const HistoryHeader& /*header*/) override {}
  void record(const Record& record) override { observations_ += std::holds_alternative<Observation>(record) ? 1 : 0; }
  std::uint64_t observations() const { return observations_; }

 private:
  std::uint64_t observations_ = 0;
};

void read_file(const Recorded& from, HistorySink& sink) {
  std::ifstream in(from.file, std::ios::binary);
  const HistoryRead read = read_history(from.file, in, sink, &shipped_catalogue());
  PINPROOF_CHECK(read.complete, "{}", read.error ? read.error->message() : "cut");
}

void say_size(benchmark::State& state, const Recorded& from) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kObservations));
  state.counters["bytes/obs"] = from.bytes_per_observation;
  state.counters["records/obs"] = static_cast<double>(from.history.records.size()) / kObservations;
}

void check(const Judgement& judgement) {
  PINPROOF_CHECK(judgement.verdict != Verdict::kFail, "the reference gateway failed: {}", judgement.reason);
}

void BM_Read(benchmark::State& state, const std::string& dialect, bool is_log) {
  const Recorded& from = recorded(dialect, is_log);
  for (auto _ : state) {
    Count count;
    read_file(from, count);
    PINPROOF_CHECK(count.observations() == kObservations, "{} observations", count.observations());
  }
  say_size(state, from);
}

void BM_Judge(benchmark::State& state, const std::string& dialect, bool is_log) {
  const Recorded& from = recorded(dialect, is_log);
  for (auto _ : state) check(judge(from.history));
  say_size(state, from);
}

void BM_ReadAndJudge(benchmark::State& state, const std::string& dialect, bool is_log) {
  const Recorded& from = recorded(dialect, is_log);
  for (auto _ : state) {
    Judge judge;
    read_file(from, judge);
    check(judge.conclude());
  }
  say_size(state, from);
}

void BM_Write(benchmark::State& state, const std::string& dialect, bool is_log) {
  const Recorded& from = recorded(dialect, is_log);
  for (auto _ : state) {
    std::ofstream out("/dev/null", std::ios::binary);
    HistoryWriter writer(out);
    writer.header(from.history.header);
    for (const Record& record : from.history.records) writer.record(record);
  }
  say_size(state, from);
}

#define PINPROOF_BENCH(function)                                                               \
  BENCHMARK_CAPTURE(function, helodata_log, "helodata", true)->Unit(benchmark::kMillisecond);  \
  BENCHMARK_CAPTURE(function, crawlera_log, "crawlera", true)->Unit(benchmark::kMillisecond);  \
  BENCHMARK_CAPTURE(function, helodata_lab, "helodata", false)->Unit(benchmark::kMillisecond); \
  BENCHMARK_CAPTURE(function, crawlera_lab, "crawlera", false)->Unit(benchmark::kMillisecond)
PINPROOF_BENCH(BM_Read);
PINPROOF_BENCH(BM_Judge);
PINPROOF_BENCH(BM_ReadAndJudge);
PINPROOF_BENCH(BM_Write);

}  // namespace
}  // namespace pinproof::conformance

BENCHMARK_MAIN();
