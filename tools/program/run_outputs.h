// What a run leaves behind beside its exit code: --out, --write-ledger, and a file for each --report. Where each goes is looked at before
// anything is played; each is whole or not there.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "reports/result.h"
#include "tools/program/data.h"
#include "tools/program/options.h"
#include "tools/program/output_folder.h"
#include "tools/program/renderers.h"
#include "tools/program/streams.h"
#include "tools/program/temporary_folder.h"

namespace pinproof::program {

class RunOutputs {
 public:
  /// Or what is wrong with one of them.
  static std::variant<RunOutputs, std::string> open(const RunOptions& options);

  /// Where the run is to put its histories; empty: nobody wants them.
  std::filesystem::path histories() const;

  /// Makes the histories that `result` names those of the folder of --out; where there is none they go, and it names none.
  /// Then writes everything. False where something could not be written, which is said.
  bool write(reports::Result& result, const Data& data, Streams& streams);

 private:
  RunOutputs() = default;
  void settle_histories(reports::Result& result, const Data& data, Streams& streams);

  std::string ledger_;
  std::vector<ReportFile> reports_;
  std::optional<OutputFolder> out_;
  std::unique_ptr<OutputFolder::Draft> draft_;
  std::unique_ptr<TemporaryFolder> passing_;  // histories that only timelines are made of
  std::vector<reports::Timeline> timelines_;
  bool failed_ = false;
};

/// Writes a file for each; false where one could not be written, which is said.
bool write_reports(const std::vector<ReportFile>& files, const reports::Report& report, const RenderOptions& options,
                   Streams& streams);

/// Why nothing can be written there; "" where it seems that it can.
std::string wrong_with_place(const std::string& option, const std::string& file);

}  // namespace pinproof::program
