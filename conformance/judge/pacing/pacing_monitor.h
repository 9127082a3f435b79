// Judges pacing: every request of a dialect that promises spacing, by all rules of pacing.
//
// Requests come to a lane in one order and leave it in another, if the gateway errs. So each is placed when the gateway had it, which
// says what was due, and judged when it went out, which says what came of it; both as soon as nothing earlier can come any more.
#pragma once

#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
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

  /// A request, or a try of it, that the gateway had from that instant on.
  struct Coming {
    Instant at;
    std::uint64_t order = 0;
    std::shared_ptr<const PacedRequest> request;
    std::optional<Forward> forward;
    bool perhaps_unseen = false;  // not seen to go out, but it may have
  };
  /// It went out at that instant.
  struct Going {
    Instant at;
    std::uint64_t order = 0;
    Forward forward;
    Placement placement;
  };
  template <typename T>
  struct Later {
    bool operator()(const T& left, const T& right) const {
      return left.at != right.at ? left.at > right.at : left.order > right.order;
    }
  };

  std::shared_ptr<const PacedRequest> request_of(const Exchange& exchange, const std::vector<Attempt>& attempts) const;
  /// All that came, and then all that went out, before that instant.
  void settle(Instant before);
  void place(const Coming& coming);
  void place_unforwarded(const Coming& coming);
  void judge(const Going& going);
  void rule_on(PaceStep& step);
  void learn_meaning(const PaceStep& step);
  void learn_exit(const std::string& session, std::string_view exit);
  std::string_view interned(const std::string& exit) { return *exits_.insert(exit).first; }

  const HistoryHeader& header_;
  PacingTerms terms_;
  bool exits_fixed_;  // a session has one exit for its life
  std::unordered_set<std::string> exits_;
  std::unordered_map<std::string, std::string_view> exit_of_session_;
  LaneBook lanes_;
  AnnouncedMeaning meaning_;
  std::uint64_t order_ = 0;
  std::priority_queue<Coming, std::vector<Coming>, Later<Coming>> coming_;
  std::priority_queue<Going, std::vector<Going>, Later<Going>> going_;
  Tally tally_;
};

}  // namespace pinproof::conformance
