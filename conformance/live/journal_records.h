// What upstreams and origin saw, as the journal has it, in the words of a history.
#pragma once

#include "conformance/history/history.h"
#include "conformance/target/credentials.h"
#include "mock_upstream/site/journal.h"

namespace pinproof::conformance {

/// Without secrets, hosts without their tokens, at an instant of the target's timeline.
Record record_of(const mock_upstream::JournalEntry& entry, const Credentials& credentials, Instant at);

}  // namespace pinproof::conformance
