// The answers of the clock and upstream contracts, as docs/contracts.md has them. Refused where they are not: whoever serves a contract may be
// somebody's first try. Keys that are not known are let pass, since a later minor version may add some.
#pragma once

#include <cstdint>
#include <vector>

#include "conformance/live/controls.h"
#include "mock_upstream/site/journal.h"
#include "sim/core/exit.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

/// Of the contracts that are spoken here; a server that says another is refused.
inline constexpr int kContractVersion = 1;

/// More in one reading than any server keeps is one that never ends.
inline constexpr std::size_t kJournalEntriesMax = 1UL << 20U;

ClockState read_clock(const sim::JsonReader& json);

std::vector<sim::Exit> read_exits(const sim::JsonReader& json);

/// Appends a page's entries, which have numbers from `since` on, in order; where the next page begins.
std::uint64_t read_journal_page(const sim::JsonReader& json, std::uint64_t since,
                                std::vector<mock_upstream::JournalEntry>& entries);

}  // namespace pinproof::conformance
