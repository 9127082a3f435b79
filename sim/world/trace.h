// A run of the world as text, a line an event, so that two runs which should be the same can be compared, and the first place where they
// are not can be shown.
//
// A long run has tens of millions of lines. A Trace keeps none of them but a digest a block; first_divergence() compares the digests of
// two runs, then runs both again to collect the lines of the one block that differs. A trace to be read is another kind, with a
// sink.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/digest.h"
#include "sim/core/time.h"

namespace pinproof::sim {

/// Lines under one digest. 16 bytes of digests a thousand lines is nothing; a thousand lines are quickly compared.
inline constexpr std::size_t kTraceBlockLines = 1'024;

class Trace {
 public:
  using Sink = std::function<void(std::string_view line)>;

  Trace() = default;
  /// Hands on every line besides, without its line feed.
  explicit Trace(Sink sink) : sink_(std::move(sink)) {}
  /// Keeps the lines of block `kept_block`.
  static Trace keeping(std::size_t kept_block);

  /// One line: "0:29:59.000 #417 TEXT". `event` is the count of events so far, this one included; several lines may speak of one.
  void add(Instant now, std::uint64_t event, std::string_view text);

  std::uint64_t lines() const { return lines_; }
  /// Of all lines so far, each with its line feed.
  std::uint64_t digest() const { return all_.value(); }
  /// Of each block that has begun, the last one as far as it goes.
  std::vector<std::uint64_t> block_digests() const;
  const std::vector<std::string>& kept() const { return kept_; }

 private:
  Sink sink_;
  std::optional<std::size_t> kept_block_;
  std::uint64_t lines_ = 0;
  Digest all_;
  Digest block_;
  std::vector<std::uint64_t> blocks_;
  std::vector<std::string> kept_;
  std::string line_;
};

/// Where two runs part.
struct Divergence {
  std::uint64_t line = 0;           // counted from 1
  std::optional<std::string> left;  // nothing: this run has ended
  std::optional<std::string> right;
  /// False when the runs differed at first and not when they were run again: `line` is then the first of the block that
  /// differed, and there is no text to show.
  bool repeated = true;

  bool operator==(const Divergence&) const = default;
};

/// A run from its beginning to its end, told to a trace. It is run twice.
using TracedRun = std::function<void(Trace& trace)>;

/// The first line in which two runs differ; nothing when they are the same (G-2).
std::optional<Divergence> first_divergence(const TracedRun& left, const TracedRun& right);

}  // namespace pinproof::sim
