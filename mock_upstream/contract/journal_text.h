// An entry of the journal as the upstream contract writes it.
#pragma once

#include <string>

#include "mock_upstream/site/journal.h"

namespace pinproof::mock_upstream {

/// Appends a JSON object on one line; its fields are in docs/contracts.md.
void append_entry(std::string& out, const JournalEntry& entry);

}  // namespace pinproof::mock_upstream
