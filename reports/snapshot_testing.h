// Texts that people read, compared with the files in reports/testdata, so that a change of what a report says is reviewed as a diff.
#pragma once

#include <string>

namespace pinproof::reports {

/// Compares `text` with reports/testdata/NAME; with PINPROOF_UPDATE_SNAPSHOTS=1 in the environment writes that instead.
void expect_snapshot(const std::string& name, const std::string& text);

}  // namespace pinproof::reports
