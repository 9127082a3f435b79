// Timelines for a report, from the histories that a result names.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "reports/result.h"
#include "reports/timeline.h"

namespace pinproof::program {

struct TimelineReading {
  std::vector<reports::Timeline> timelines;  // in the order of the result
  std::vector<std::string> complaints;       // a sentence for each kind of trouble, with the files that have it
};

/// `place`: of the result among those of the report. Histories are files in `folder`; one that is not there, lies elsewhere, or has other
/// bytes than were judged gives no timeline; one that cannot be read to its end gives one of what stands before that. Both are complained of.
TimelineReading read_timelines(const reports::Result& result, std::size_t place, const std::filesystem::path& folder,
                               const conformance::Catalogue& catalogue);

}  // namespace pinproof::program
