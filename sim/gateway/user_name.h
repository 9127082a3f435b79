// The grammar of proxy user names, interpreted from rules: which account, which exits, which session a request asks for.
//
//   helo_{account}-type-{res|mob}-region-{cc}[-state-{st}][-city-{slug}][-asn-{n}][-session-{id}-sesstime-{min}]
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/time.h"
#include "sim/gateway/character_set.h"
#include "sim/gateway/rules.h"

namespace pinproof::sim {

/// A user name that fits the grammar. Views are into the text that was parsed.
struct ProxyUser {
  std::string_view account;
  std::string_view type;
  std::string_view region;
  std::string_view state;
  std::string_view city;
  std::string_view asn;
  std::string_view session;
  std::string_view minutes;
  bool sticky = false;
  Duration window{};  // as the rules grant it
  Duration asked{};   // as the name says it

  ExitFilter filter() const;
};

class UserNameGrammar {
 public:
  /// Keeps references: the rules outlive the grammar.
  UserNameGrammar(const UserNameRules& names, const WindowRules& window, const ErrorReplies& errors);

  /// The name taken apart, or the error it is refused with. Of several mistakes the first of these is told: prefix, account, order
  /// and spelling of segments, their characters and lengths, missing segments, unknown region, minutes (H-STK-6 to H-STK-9, H-EXT-1).
  std::variant<ProxyUser, const ErrorReply*> parse(std::string_view name) const;

 private:
  struct CompiledSegment {
    const Segment* rule;
    CharacterSet characters;
  };

  const ErrorReply* read_segments(std::string_view rest, ProxyUser& user) const;
  const ErrorReply* check_combination(ProxyUser& user) const;
  const ErrorReply* read_minutes(ProxyUser& user) const;

  const UserNameRules& names_;
  const WindowRules& window_;
  const ErrorReplies& errors_;
  CharacterSet account_characters_;
  std::vector<CompiledSegment> segments_;
  std::vector<std::string_view> regions_;  // sorted
};

}  // namespace pinproof::sim
