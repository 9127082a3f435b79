// What was done to exits, and when: which of them may have been lost in an interval, and which were down all through it.
// Instants are widened or narrowed by the history's tolerance, always in the gateway's favour.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/judge/facts/moment.h"

namespace pinproof::conformance {

class ExitLog {
 public:
  explicit ExitLog(Duration tolerance) : tolerance_(tolerance) {}

  void record(const ExitActed& acted);
  bool empty() const { return outages_.empty(); }

  /// A drop, a reset or a fault that a gateway may take for a loss happened to the exit inside [from, to], or holds there.
  bool maybe_lost(const std::string& exit, Moment from, Moment to) const;
  /// The exit was dropped before `from` and stayed down beyond `to`.
  bool down_throughout(const std::string& exit, Moment from, Moment to) const;
  /// Nothing but resets of its connections happened to the exit inside [from, to].
  bool surely_up(const std::string& exit, Moment from, Moment to) const;
  /// Something of that kind began at an exit other than this one after `from` and until `to`.
  bool other_lost(const std::string& exit, Moment from, Moment to) const;
  /// The exits that were down all through [from, to], as far as `from` is no more than kDownKept before the latest that was asked for.
  std::vector<const std::string*> down_throughout(Moment from, Moment to) const;

 private:
  /// A stretch in which the exit may not have served; `refuses` when it surely did not.
  struct Outage {
    Moment from;
    Moment to;
    bool refuses = false;
  };
  using Outages = std::unordered_map<std::string, std::vector<Outage>>;  // by exit, in order of time

  /// Whether it is sure that the one came before the other.
  bool before(const Moment& one, const Moment& other) const;
  bool down_throughout(const std::vector<Outage>& outages, Moment from, Moment to) const;

  static constexpr Duration kDownKept = std::chrono::hours(1);

  Duration tolerance_;
  Outages outages_;
  mutable std::vector<const Outages::value_type*> lately_down_;  // those with an outage that may still be asked for
};

}  // namespace pinproof::conformance
