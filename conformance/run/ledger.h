// A ledger: the verdicts that are expected of a gateway, and what it really does where it does not conform. With it a suite that such a
// gateway fails is a test of both: it fails when the gateway, or the suite, changes its mind. docs/profiles.md is its page.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "conformance/history/verdict.h"
#include "reports/result.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

struct LedgerEntry {
  Verdict verdict = Verdict::kPass;
  std::string why;    // what the gateway really does, in words
  std::string until;  // the last day on which it is excused, "2026-12-31" in UTC; empty: no end
};

struct Ledger {
  std::string file;
  std::string target;                            // whose
  std::map<std::string, LedgerEntry> scenarios;  // by id; one that is not named is to pass
  std::map<std::string, LedgerEntry> requirements;
};

/// scenarios/schema/ledger.schema.json. Ids are not looked up: one that nothing has is a difference in every run.
sim::Parsed<Ledger> parse_ledger(std::string file, std::string_view text);

/// What is not as the ledger says, in either direction, in the order of the result. `narrowed`: not every scenario was asked for; then only
/// those that were played are compared. `today`: "2026-11-22", in UTC. An entry whose last day is over excuses nothing any more, and is a
/// difference whatever was found, until somebody takes it out or gives it another day.
reports::LedgerOutcome compare(const Ledger& ledger, const reports::Result& result, bool narrowed,
                               std::string_view today);

/// A ledger of what was found, as JSON, for somebody to replace its reasons: the judge's words.
std::string ledger_text(const reports::Result& result);

}  // namespace pinproof::conformance
