// What a request asks for by its user name, read by the law: the grammar that was promised (the vocabulary's template), never the
// gateway's rules. Says which promise a name breaks that the gateway has to refuse.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "conformance/history/history.h"
#include "sim/core/exit.h"

namespace pinproof::conformance {

struct Asked {
  std::string key;    // account and user name, as one
  std::string place;  // what `where` says, as one
  std::string
      breaks;  // requirement that a gateway enforces by refusing it: H-STK-6 … H-STK-9, H-EXT-1; empty: a good name
  std::string why;      // "a session id of 33 characters"
  std::string account;  // symbolic
  sim::ExitFilter where;
  std::string session;  // id; empty: rotating
  std::int64_t minutes = 0;
  bool over_cap = false;  // a residential window over the cap (H-STK-6): refused, or served as the cap, by the reading
  Duration window{};      // promised; zero where there is none

  bool sticky() const { return !session.empty(); }
};

/// Nothing where the dialect has no user names. The account in the name may be "{account}" or literal.
std::optional<Asked> read_asked(const HistoryHeader& header, const Observation& seen);

/// The same, with a memory: a history has the same names over and over.
class AskedNames {
 public:
  explicit AskedNames(const HistoryHeader& header) : header_(header) {}
  std::shared_ptr<const Asked> read(const Observation& seen);

 private:
  static constexpr std::size_t kKept = 200'000;  // beyond it all are read again

  const HistoryHeader& header_;
  std::string key_;
  std::unordered_map<std::string, std::shared_ptr<const Asked>> names_;
};

}  // namespace pinproof::conformance
