// Rulings on each kind of check, one family a file: whether what was expected of a subject holds in what was seen. The words of a check
// are explained in scenario/expectation.h.
//
// Where no answer came, what the answer would have said is not known: only an outcome fails on that.
#pragma once

#include "conformance/judge/ruling.h"
#include "conformance/judge/seen.h"

namespace pinproof::conformance {

// outcome.cc
Ruling rule(const OutcomeCheck& check, const Subject& subject, const Seen& seen);
Ruling rule(const BodyCheck& check, const Subject& subject, const Seen& seen);
// answer.cc
Ruling rule(const StatusCheck& check, const Subject& subject, const Seen& seen);
Ruling rule(const RepinnedCheck& check, const Subject& subject, const Seen& seen);
Ruling rule(const ErrorCodeCheck& check, const Subject& subject, const Seen& seen);
Ruling rule(const HeaderCheck& check, const Subject& subject, const Seen& seen);
// exit.cc
Ruling rule(const ExitCheck& check, const Subject& subject, const Seen& seen);
Ruling rule(const DistinctExitsCheck& check, const Subject& subject, const Seen& seen);
// timing.cc
Ruling rule(const DelayCheck& check, const Subject& subject, const Seen& seen);
Ruling rule(const SpacingCheck& check, const Subject& subject, const Seen& seen);
Ruling rule(const AnnouncedDelayCheck& check, const Subject& subject, const Seen& seen);
// upstream.cc
Ruling rule(const AttemptsCheck& check, const Subject& subject, const Seen& seen);
Ruling rule(const OriginCheck& check, const Subject& subject, const Seen& seen);
// count.cc
Ruling rule(const CountCheck& check, const Subject& subject, const Seen& seen);
// session.cc
Ruling rule(const SessionIdCheck& check, const Subject& subject, const Seen& seen);
Ruling rule(const ListedCheck& check, const Subject& subject, const Seen& seen);

Ruling rule(const Check& check, const Subject& subject, const Seen& seen);

}  // namespace pinproof::conformance
