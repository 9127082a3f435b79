// Judges pinned sessions: every request of a good sticky name against every state that its session may be in, by all pin rules.
// It fails only when no state is left in which the gateway would be right, and then one requirement: what the likeliest state says.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "conformance/judge/facts/candidates.h"
#include "conformance/judge/facts/fact_monitor.h"
#include "conformance/judge/facts/span.h"
#include "conformance/judge/facts/tally.h"
#include "conformance/judge/pins/pin_book.h"

namespace pinproof::conformance {

class PinMonitor final : public FactMonitor {
 public:
  PinMonitor(const HistoryHeader& header, const ExitLog& log)
      : header_(header), log_(log), candidates_(header, log), book_(header, log, candidates_) {}
  void exchange(const ExchangePtr& shared) override;
  void api_call(const ApiCall& call) override;
  std::vector<Finding> conclude() override;

 private:
  /// Requests of one session that overlap: which of them arrived first is unknown, and of those that a re-pin may have served any one may
  /// carry the announcement (H-PIN-4), so they are judged together.
  struct Group {
    std::vector<ExchangePtr> exchanges;
    std::size_t open = 0;  // its entries in open_
  };
  using Groups = std::unordered_map<std::string, Group>;

  /// Exchanges of groups kept open; beyond it all are judged, as if what overlaps them had not been sent.
  static constexpr std::size_t kOpenMax = 50'000;

  /// Judges the groups that nothing sent from now on can overlap.
  void judge_finished(const Span& next);
  void judge_group(Group& group);
  void judge(const Exchange& exchange);
  void judge_list(const ApiCall& call);
  void sample(const PinStep& step);
  void sample_expiry(const PinStep& step);
  void sample_siblings(const PinStep& step);

  const HistoryHeader& header_;
  const ExitLog& log_;
  Candidates candidates_;
  PinBook book_;
  Tally tally_;
  Groups groups_;
  std::deque<ExchangePtr> open_;  // the exchanges in groups, in order of sending
};

}  // namespace pinproof::conformance
