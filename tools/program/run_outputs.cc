#include "tools/program/run_outputs.h"

#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "conformance/run/ledger.h"
#include "reports/result_json.h"
#include "sim/core/json_reader.h"
#include "tools/program/complaints.h"
#include "tools/program/data_root.h"
#include "tools/program/output_places.h"
#include "tools/program/timelines.h"
#include "tools/program/whole_file.h"

namespace pinproof::program {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHistories = "histories";
constexpr const char* kResult = "result.json";

/// In the folder of --out, which is made when all else is in order.
bool is_in_folder_to_come(const std::string& file, const std::string& out) {
  std::error_code error;
  if (out.empty() || fs::exists(out, error)) return false;
  const auto plain = [](const fs::path& path) { return (path / "").lexically_normal(); };
  return plain(fs::path(file).parent_path()) == plain(out);
}

/// What no output may replace: all that the run reads.
OutputPlaces kept(const RunOptions& options) {
  OutputPlaces places;
  for (const std::string& path : options.paths) places.keep(path, "a scenario of the run");
  places.keep(options.target, "the profile of --target");
  places.keep(options.rules, "the rules of --rules");
  places.keep(options.readings, "the readings of --readings");
  places.keep(options.expect, "the ledger of --expect");
  return places;
}

std::string take_folder(const std::string& out, OutputPlaces& places) {
  if (std::string taken = places.take("--out", out, "the folder of --out"); !taken.empty()) return taken;
  places.keep_folder(fs::path(out) / kHistories, "the folder of histories of --out");
  return places.take("--out", (fs::path(out) / kResult).string(), "the result of --out");
}

}  // namespace

std::string wrong_with_place(const std::string& option, const std::string& file) {
  std::error_code error;
  if (fs::is_directory(file, error)) return option + ": found the folder " + file + ", expected a file";
  const fs::path parent = fs::path(file).parent_path();
  const fs::path folder = parent.empty() ? fs::path(".") : parent;
  if (!fs::is_directory(folder, error)) return option + ": found no folder " + folder.string() + " to write to";
  const fs::file_status status = fs::status(file, error);
  const bool is_written_to = fs::exists(status) && !fs::is_regular_file(status);
  if (!is_written_to && access(folder.c_str(), W_OK | X_OK) != 0) {
    return option + ": the folder " + folder.string() + " cannot be written to";
  }
  return "";
}

std::variant<RunOutputs, std::string> RunOutputs::open(const RunOptions& options) {
  RunOutputs outputs;
  OutputPlaces places = kept(options);
  if (!options.out.empty()) {
    if (std::string taken = take_folder(options.out, places); !taken.empty()) return taken;
  }
  outputs.ledger_ = options.write_ledger;
  if (!outputs.ledger_.empty()) {
    if (std::string wrong = wrong_with_place("--write-ledger", outputs.ledger_); !wrong.empty()) return wrong;
    if (std::string taken = places.take("--write-ledger", outputs.ledger_, "what --write-ledger writes");
        !taken.empty())
      return taken;
  }
  for (const std::string& text : options.reports) {
    const auto report = parse_report_file(text);
    if (!report) {
      return "--report: found " + sim::in_quotes(text) +
             ", expected a file whose ending says its format, or FORMAT:FILE with one of " + renderer_names();
    }
    if (!is_in_folder_to_come(report->file, options.out)) {
      if (std::string wrong = wrong_with_place("--report", report->file); !wrong.empty()) return wrong;
    }
    if (std::string taken = places.take("--report", report->file, "another report"); !taken.empty()) return taken;
    outputs.reports_.push_back(*report);
  }
  if (!options.out.empty()) {
    auto opened = OutputFolder::open(options.out);
    if (auto* const message = std::get_if<std::string>(&opened)) return std::move(*message);
    outputs.out_ = std::get<OutputFolder>(std::move(opened));
    outputs.draft_ = std::make_unique<OutputFolder::Draft>(*outputs.out_);
  } else if (std::any_of(outputs.reports_.begin(), outputs.reports_.end(),
                         [](const ReportFile& one) { return one.renderer->draws_timelines; })) {
    outputs.passing_ = std::make_unique<TemporaryFolder>();
    std::error_code error;
    fs::create_directory(outputs.passing_->path() / kHistories, error);
    if (error) throw EnvironmentError("a temporary folder cannot be made: " + error.message());
  }
  return outputs;
}

fs::path RunOutputs::histories() const {
  if (draft_) return draft_->path();
  return passing_ ? passing_->path() / kHistories : fs::path();
}

void RunOutputs::settle_histories(reports::Result& result, const Data& data, Streams& streams) {
  const auto place = [](std::string& file) {
    if (!file.empty()) file = std::string(kHistories) + "/" + fs::path(file).filename().string();
  };
  for (reports::HistoryFile& history : result.histories) place(history.file);
  for (reports::ScenarioResult& scenario : result.scenarios) place(scenario.history);
  if (draft_) {
    if (const std::string trouble = draft_->move_to(kHistories); !trouble.empty()) {
      complain(streams, trouble);
      failed_ = true;
      return;
    }
  }
  const bool are_wanted = std::any_of(reports_.begin(), reports_.end(),
                                      [](const ReportFile& one) { return one.renderer->draws_timelines; });
  if (are_wanted) {
    TimelineReading reading = read_timelines(result, 0, out_ ? out_->path() : passing_->path(), data.catalogue);
    for (const std::string& complaint : reading.complaints) complain(streams, complaint);
    timelines_ = std::move(reading.timelines);
  }
  if (out_) return;
  result.histories.clear();
  for (reports::ScenarioResult& scenario : result.scenarios) scenario.history.clear();
}

bool RunOutputs::write(reports::Result& result, const Data& data, Streams& streams) {
  const auto say = [&](const std::string& trouble) {
    if (trouble.empty()) return;
    complain(streams, trouble);
    failed_ = true;
  };
  settle_histories(result, data, streams);
  if (!ledger_.empty()) say(write_whole(ledger_, conformance::ledger_text(result)));
  if (out_ && !failed_) say(out_->write(kResult, reports::to_json(result)));
  reports::Report report;
  report.results.push_back(result);
  report.timelines = std::move(timelines_);
  if (!write_reports(reports_, report, {}, streams)) failed_ = true;
  return !failed_;
}

bool write_reports(const std::vector<ReportFile>& files, const reports::Report& report, const RenderOptions& options,
                   Streams& streams) {
  bool all = true;
  for (const ReportFile& one : files) {
    const std::string trouble = write_whole(one.file, one.renderer->render(report, options));
    if (trouble.empty()) continue;
    complain(streams, trouble);
    all = false;
  }
  return all;
}

}  // namespace pinproof::program
