// The rules about user names and credentials: which a gateway has to refuse, and how, and which it has to serve. One a requirement, each in a
// file of its own name.
#pragma once

#include <span>

#include "conformance/judge/facts/asked.h"
#include "conformance/judge/facts/exchange.h"
#include "conformance/judge/facts/holding.h"

namespace pinproof::conformance {

/// One request by what its name and credentials say. `asked.breaks` names the row that makes a gateway refuse the name.
struct NameStep {
  const HistoryHeader& header;
  const Exchange& exchange;
  const Asked& asked;

  const Observation& seen() const { return exchange.seen; }
  bool good_credentials() const { return exchange.seen.credentials == CredentialFault::kNone; }
  bool good() const { return good_credentials() && asked.breaks.empty(); }
  /// Refused for what the name says, as far as the answer tells: with 400, or 407, and a code of user names where it has one. A region
  /// without exits, a forbidden category, a limit or credentials are other causes.
  bool refused_for_its_name() const;
  /// Answered in full or refused for it: the gateway has ruled on the name.
  bool ruled_on() const {
    return exchange.fate == Fate::kServed || exchange.fate == Fate::kCutShort || refused_for_its_name();
  }
};

using NameRule = void (*)(const NameStep& step, Holdings& holdings);

void h_aut_1(const NameStep& step, Holdings& holdings);
void h_ext_1(const NameStep& step, Holdings& holdings);
void h_ext_2(const NameStep& step, Holdings& holdings);
void h_stk_6(const NameStep& step, Holdings& holdings);
void h_stk_7(const NameStep& step, Holdings& holdings);
void h_stk_8(const NameStep& step, Holdings& holdings);
void h_stk_9(const NameStep& step, Holdings& holdings);
void h_stk_11(const NameStep& step, Holdings& holdings);

/// All of them, in the order of the catalogue.
std::span<const NameRule> name_rules();

/// For the row that refuses the name: held when the gateway refused it with a client error, broken when it did not. Says nothing of other
/// names.
void judge_refusal(const NameStep& step, std::string_view requirement, Holdings& holdings);

}  // namespace pinproof::conformance
