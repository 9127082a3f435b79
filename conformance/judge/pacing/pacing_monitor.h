// Judges pacing: every request of a dialect that promises spacing, by all rules of pacing.
//
// Requests come to a lane in one order and leave it in another, if the gateway errs. So each is placed when the gateway had it, which
// says what was due, and judged when it went out, which says what came of it; both as soon as nothing earlier can come any more.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "conformance/judge/facts/fact_monitor.h"
#include "conformance/judge/facts/tally.h"
#include "conformance/judge/pacing/lane_book.h"
#include "conformance/judge/retries/attempts.h"

namespace pinproof::conformance {

class PacingMonitor final : public FactMonitor {
 public:
  /// For a header that promises a delay between requests, and reads pacing_law, pacing_scope, over_ceiling, announced_delay, lost_exit
  /// and session_across_regions.
  explicit PacingMonitor(const HistoryHeader& header);
  void exchange(const ExchangePtr& shared) override;
  void api_call(const ApiCall& call) override;
  std::vector<Finding> conclude() override;

 private:
  /// Requests waiting to be placed, or to have gone out; more than that are in no queue of 15 minutes that a client would stand.
  static constexpr std::size_t kWaitingMax = 65'536;
  /// Sessions whose exit is remembered; beyond it all are forgotten, and learned again.
  static constexpr std::size_t kSessionsMax = 200'000;
  /// Connections of which it is remembered when they were free again; beyond it all are forgotten, and nothing is taken to wait there.
  static constexpr std::size_t kConnectionsMax = 65'536;

  /// A request, or a try of it, that the gateway had from that instant on.
  struct Coming {
    Instant at;
    std::uint64_t order = 0;
    std::shared_ptr<const PacedRequest> request;
    std::optional<Forward> forward;
    bool perhaps_unseen = false;  // not seen to go out, but it may have
    bool one_more_try = false;    // that it may have been waiting for when its client went
  };
  /// It went out at that instant.
  struct Going {
    Instant at;
    std::uint64_t order = 0;
    Forward forward;
    Placement placement;
  };
  /// What waits, the earliest first. A heap of where they are: they are too large to be moved about in one.
  template <typename T>
  class Waiting {
   public:
    bool any_before(Instant instant) const {
      return !heap_.empty() && (heap_.front().at < instant || heap_.size() > kWaitingMax);
    }
    void push(T waiting) {
      if (free_.empty()) {
        free_.push_back(all_.size());
        all_.emplace_back();
      }
      heap_.push_back({waiting.at, waiting.order, free_.back()});
      std::push_heap(heap_.begin(), heap_.end(), later);
      all_[free_.back()] = std::move(waiting);
      free_.pop_back();
    }
    T take_first() {
      std::pop_heap(heap_.begin(), heap_.end(), later);
      free_.push_back(heap_.back().where);
      heap_.pop_back();
      return std::move(all_[free_.back()]);
    }

   private:
    struct Entry {
      Instant at;
      std::uint64_t order;
      std::size_t where;  // in all_
    };
    static bool later(const Entry& left, const Entry& right) {
      return left.at != right.at ? left.at > right.at : left.order > right.order;
    }
    std::vector<Entry> heap_;
    std::vector<T> all_;
    std::vector<std::size_t> free_;  // places in all_
  };

  std::shared_ptr<const PacedRequest> request_of(const Exchange& exchange, const std::vector<Attempt>& attempts) const;
  /// All that came, and then all that went out, before that instant.
  void settle(Instant before);
  void place(Coming coming);
  void place_unforwarded(const Coming& coming);
  void judge(Going going);
  void rule_on(const PaceStep& step);
  void learn_meaning(const PaceStep& step);
  /// When what was sent before on that connection had been answered: only then does a gateway need to read on.
  Instant free_again(const std::string& connection) const;
  void take_connection(const Observation& seen);
  void learn_exit(const std::string& session, std::string_view exit);
  std::string_view interned(const std::string& exit) { return *exits_.insert(exit).first; }

  const HistoryHeader& header_;
  PacingTerms terms_;
  bool exits_fixed_;  // a session has one exit for its life
  std::unordered_set<std::string> exits_;
  std::unordered_map<std::string, std::string_view> exit_of_session_;
  std::unordered_map<std::string, Instant> busy_until_;
  LaneBook lanes_;
  AnnouncedMeaning meaning_;
  std::uint64_t order_ = 0;
  Waiting<Coming> coming_;
  Waiting<Going> going_;
  Tally tally_;
  Holdings holdings_;  // of what is judged now
};

}  // namespace pinproof::conformance
