// The rules about what a gateway sends on, one a requirement, each in a file of its own name. Their triggers are disjoint: credentials and
// control headers at the origin are G-1's everywhere; what was not sent now, and whatever is changed inside a tunnel, are H-NOT-2's
// in the dialect that promises to carry nothing over, else G-1's.
#pragma once

#include <string>

#include "conformance/judge/forwarding/forward_step.h"

namespace pinproof::conformance {

void g_1(const ForwardStep& step, Holdings& holdings);
void h_not_2(const ForwardStep& step, Holdings& holdings);

/// The difference is H-NOT-2's to tell, not G-1's.
bool carried_over(const ForwardStep& step, const FieldDifference& difference);
/// What of method, path and body differs, in words; empty: nothing.
std::string change_of_request(const ForwardStep& step);

void g_3(const HistoryHeader& header, const Exchange& exchange, Holdings& holdings);
void h_not_1_of_answer(const HistoryHeader& header, const Exchange& exchange, Holdings& holdings);

}  // namespace pinproof::conformance
