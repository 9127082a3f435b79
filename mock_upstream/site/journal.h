// What exits and origin saw, in order: the upstream contract's journal. A request is known in it by the token in its URL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <variant>

#include "sim/core/time.h"
#include "sim/http/message.h"

namespace pinproof::mock_upstream {

enum class ExitSight : std::uint8_t {
  kRefused,    // nobody listened: no exit can say so, but a gateway that is in league with the upstreams, as the lab's
  kForwarded,  // a request, or a CONNECT, came
  kAnswered,   // its answer began to go back
  kFailed,     // the exit answered with an error of its own
  kReset,      // the exit reset the connection under it
  kClosed,     // the gateway closed it before its answer was whole, or a tunnel ended
};

/// "refused", "forwarded", "answered", "failed", "reset", "closed".
std::string_view to_string(ExitSight sight);

struct ExitSaw {
  std::string exit;  // address
  ExitSight sight = ExitSight::kForwarded;
  std::string method;
  std::string host;   // as asked for, without a port
  std::string token;  // of the URL, or of the CONNECT host's first label; empty where there is none
};

struct OriginSaw {
  std::string from;  // address, an exit's
  std::string method;
  std::string path;
  std::string token;
  sim::Headers headers;
  std::uint64_t body_bytes = 0;
  std::uint64_t body_digest = 0;  // sim::digest_of the body
  std::string tls_fingerprint;    // of the hello; empty in the clear
};

struct JournalEntry {
  std::uint64_t sequence = 0;  // from 0, never used again
  sim::Instant at;
  std::variant<ExitSaw, OriginSaw> saw;
};

class Journal {
 public:
  /// A reader that falls behind by more than this has lost entries, and is told so. A long suite writes a few thousand.
  static constexpr std::size_t kEntriesMax = 1UL << 18U;

  explicit Journal(std::size_t entries_max = kEntriesMax) : entries_max_(entries_max) {}

  void add(sim::Instant at, ExitSaw saw) { append(at, std::move(saw)); }
  void add(sim::Instant at, OriginSaw saw) { append(at, std::move(saw)); }

  /// The entries that are kept, in order.
  const std::deque<JournalEntry>& entries() const { return entries_; }
  /// The first sequence that can still be read; next() when nothing is kept.
  std::uint64_t first() const { return next_ - entries_.size(); }
  std::uint64_t next() const { return next_; }

  /// Forgets the entries; their numbers stay taken.
  void clear() { entries_.clear(); }

 private:
  void append(sim::Instant at, std::variant<ExitSaw, OriginSaw> saw);

  std::size_t entries_max_;
  std::deque<JournalEntry> entries_;
  std::uint64_t next_ = 0;
};

}  // namespace pinproof::mock_upstream
