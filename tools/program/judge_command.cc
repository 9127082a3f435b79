#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/history/history_reader.h"
#include "conformance/judge/judge.h"
#include "conformance/run/exchange_lines.h"
#include "conformance/run/exit_code.h"
#include "conformance/run/requirement_table.h"
#include "conformance/run/run_facts.h"
#include "conformance/run/score.h"
#include "conformance/run/sha256.h"
#include "conformance/run/timing.h"
#include "tools/program/again.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/date_of_run.h"
#include "tools/program/result_output.h"
#include "tools/program/subcommands.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

using conformance::History;
using conformance::HistoryHeader;
using conformance::Record;

/// Hands records to the judge, and keeps of them the header and when they were answered: a history may be longer than memory.
class ToJudge final : public conformance::HistorySink {
 public:
  explicit ToJudge(std::set<std::string> minor) : judge_(conformance::Samples::kJudged, std::move(minor)) {}
  void header(const HistoryHeader& header) override {
    header_ = header;
    has_header_ = true;
    judge_.header(header);
  }
  void record(const Record& record) override {
    judge_.record(record);
    times_.add(record);
  }

  bool has_header() const { return has_header_; }
  const HistoryHeader& header() const { return header_; }
  conformance::Judgement conclude(bool complete) { return judge_.conclude(complete); }
  reports::Timing timing() const { return times_.timing(); }

 private:
  conformance::Judge judge_;
  conformance::AnswerTimes times_;
  HistoryHeader header_;
  bool has_header_ = false;
};

/// Keeps what the report shows: the records of the evidence, and some before each.
class AroundEvidence final : public conformance::HistorySink {
 public:
  explicit AroundEvidence(const std::set<std::uint64_t>& evidence) : evidence_(evidence) {}

  void header(const HistoryHeader& header) override { history_.header = header; }
  void record(const Record& record) override {
    before_.push_back(record);
    if (is_evidence(record)) {
      history_.records.insert(history_.records.end(), before_.begin(), before_.end());
      before_.clear();
    } else if (before_.size() > kKept) {
      before_.pop_front();
    }
  }

  /// The evidence, with what came before each piece; and, where there is none, the end.
  History take() {
    if (history_.records.empty()) history_.records.assign(before_.begin(), before_.end());
    return std::move(history_);
  }

 private:
  /// Several records belong to one exchange (upstreams and origin tell of it too), and a few exchanges are shown before the evidence.
  static constexpr std::size_t kKept = 10 * conformance::kExchangesBefore;

  bool is_evidence(const Record& record) const {
    if (const auto* seen = std::get_if<conformance::Observation>(&record)) return evidence_.contains(seen->id);
    if (const auto* call = std::get_if<conformance::ApiCall>(&record)) return evidence_.contains(call->id);
    return false;
  }

  const std::set<std::uint64_t>& evidence_;
  std::deque<Record> before_;
  History history_;
};

conformance::TargetDescription described(const HistoryHeader& header) {
  conformance::TargetDescription target;
  target.name = header.target.empty() ? "recorded traffic" : header.target;
  target.kind = header.target_kind.empty() ? "log" : header.target_kind;
  target.dialect = header.dialect;
  target.clock = header.clock;
  target.clock_scale = header.clock_scale;
  target.tolerance = header.tolerance;
  target.capabilities = header.capabilities;
  target.readings = header.readings;
  target.promised = header.promised;
  return target;
}

reports::ScenarioResult scenario_of(const HistoryHeader& header, const conformance::Judgement& judgement,
                                    const std::string& file) {
  reports::ScenarioResult scenario;
  scenario.id = header.scenario.empty() ? file : header.scenario;
  scenario.title = header.title;
  scenario.dialect = header.dialect;
  scenario.verdict = to_string(judgement.verdict);
  scenario.reason = judgement.reason;
  scenario.requirements = header.requirements;
  scenario.seed = header.seed;
  scenario.replay = "pinproof judge " + quoted_for_shell(file);
  scenario.history = file;
  return scenario;
}

reports::Result result_of(const HistoryHeader& header, const conformance::Judgement& judgement,
                          const JudgeOptions& options, const Data& data) {
  reports::Result result;
  result.version = kVersion;
  result.seed = header.seed;
  result.set = options.set;
  const conformance::TargetDescription target = described(header);
  conformance::say_facts({target}, data.catalogue, result);
  result.implementation.name = target.name;
  conformance::RequirementTable table(data.catalogue);
  table.add_target(target);
  result.scenarios.push_back(scenario_of(header, judgement, options.history));
  table.add(result.scenarios.front().id, judgement);
  result.requirements = table.rows();
  result.statistics = conformance::count_verdicts({result.scenarios.front().verdict});
  conformance::cite_replays(result);
  result.reproduce = result.scenarios.front().replay;
  result.histories = {
      {options.history, conformance::sha256_of_file(options.history).value_or(""), result.scenarios.front().id}};
  return result;
}

/// Reads the history a second time for the exchanges to show; only where something has to be shown.
void add_exchanges(reports::Result& result, const conformance::Judgement& judgement, const std::string& file,
                   const conformance::Catalogue& catalogue) {
  if (judgement.verdict == conformance::Verdict::kPass) return;
  std::set<std::uint64_t> evidence;
  for (const conformance::Finding& finding : judgement.findings) {
    if (finding.verdict == judgement.verdict) evidence.insert(finding.evidence.begin(), finding.evidence.end());
  }
  std::ifstream in(file, std::ios::binary);
  AroundEvidence sink(evidence);
  conformance::read_history(file, in, sink, &catalogue);
  result.scenarios.front().exchanges = conformance::exchange_lines(sink.take(), evidence);
}

}  // namespace

int run(const JudgeOptions& options, Streams& streams) {
  const Data data = load_data();
  const std::string date = date_of_run();
  std::error_code error;
  if (std::filesystem::is_directory(options.history, error))
    return refuse(streams, options.history + ": found a folder, expected a history");
  std::ifstream in(options.history, std::ios::binary);
  if (!in) return refuse(streams, options.history + ": found nothing that can be read, expected a history");

  ToJudge sink(data.catalogue.minor());
  const conformance::HistoryRead read = conformance::read_history(options.history, in, sink, &data.catalogue);
  if (read.error && !sink.has_header()) return refuse(streams, read.error->message());
  if (!sink.has_header()) return refuse(streams, options.history + ": found no header, expected a history");
  const conformance::Judgement judgement = sink.conclude(read.complete);
  reports::Result result = result_of(sink.header(), judgement, options, data);
  result.scenarios.front().timing = sink.timing();
  result.complete = read.complete;
  result.profiles = conformance::score(result);
  result.result = conformance::result_word(result);
  result.header.date = date;
  add_exchanges(result, judgement, options.history, data.catalogue);
  print(result, options.json, reports::Verbosity::kNormal, streams);
  if (read.error) return refuse(streams, read.error->message() + "; the verdicts are of what stands before it");
  if (!read.complete)
    complain(streams, options.history + ": cut off in its last line; the verdicts are of what stands before it");
  return conformance::exit_code(result, options.strict);
}

}  // namespace pinproof::program
