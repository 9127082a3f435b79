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
#include "conformance/judge/pins/arrival_order.h"
#include "conformance/judge/pins/pin_book.h"
#include "conformance/judge/pins/pin_ruling.h"

namespace pinproof::conformance {

class PinMonitor final : public FactMonitor {
 public:
  PinMonitor(const HistoryHeader& header, const ExitLog& log)
      : header_(header), log_(log), candidates_(header, log), book_(header, log, candidates_) {}
  void exchange(const ExchangePtr& shared) override;
  void api_call(const ApiCall& call) override;
  std::vector<Finding> conclude() override;

 private:
  /// Requests of one session that overlap: which of them arrived first is unknown, so they are judged together, in the best order that
  /// there may have been. Where the chain of overlaps does not end, what was answered first is judged first.
  struct Group {
    std::vector<ExchangePtr> exchanges;
    std::size_t open = 0;  // its entries in open_
  };
  using Groups = std::unordered_map<std::string, Group>;

  /// Exchanges of groups kept open; beyond it all are judged, as if what overlaps them had not been sent.
  static constexpr std::size_t kOpenMax = 50'000;

  /// Judges the groups that nothing sent from now on can overlap.
  void judge_finished(const Span& next);
  Group& group_of(const std::string& key);
  void judge_group(Group& group);
  /// Of a group that is full, those answered before the next one was sent, and at least half.
  void judge_part(Group& group, const Span& next);
  void judge(const Exchange& exchange);
  void judge_in_tunnel(const Exchange& exchange);
  /// What is said where more than one state is possible.
  void say_of_states(const Exchange& exchange);
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
  Groups::node_type last_group_;  // a finished one, whose memory the next one takes
  std::deque<ExchangePtr> open_;  // the exchanges in groups, in order of sending
  PinRuling ruling_;              // of what is judged now
  PinStates adopted_;
  ArrivalOrder arrival_{book_};
};

}  // namespace pinproof::conformance
