// Judges issued sessions: every request that carries or asks for an id, every call of the sessions API, by all rules
// of C-SES and C-EXT-1. Each is judged once everything that overlaps it is known, in the order of sending.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <variant>
#include <vector>

#include "conformance/judge/facts/fact_monitor.h"
#include "conformance/judge/facts/tally.h"
#include "conformance/judge/issued/issued_book.h"

namespace pinproof::conformance {

class IssuedMonitor final : public FactMonitor {
 public:
  /// For a dialect with a session header.
  IssuedMonitor(const HistoryHeader& header, const ExitLog& log) : header_(header), book_(header, log) {}
  void exchange(const ExchangePtr& shared) override;
  void api_call(const ApiCall& call) override;
  std::vector<Finding> conclude() override;

 private:
  using Sent = std::variant<ExchangePtr, std::shared_ptr<const ApiCall>>;
  struct Waiting {
    Sent sent;
    Span span;
  };

  /// Kept waiting; beyond it the oldest is judged as if nothing more overlapped it.
  static constexpr std::size_t kWaitingMax = 65'536;

  void wait(Waiting waiting);
  void judge_before(const Span& span);
  void judge_oldest();
  void judge(const Exchange& exchange, const Span& span);
  void judge(const ApiCall& call, const Span& span);
  void judge_creation(const CreationStep& step, const Exchange* exchange);
  void judge_listing(const ApiCall& call);
  void judge_deletion(const ApiCall& call);
  void tell(std::uint64_t by);

  const HistoryHeader& header_;
  IssuedBook book_;
  Tally tally_;
  std::deque<Waiting> waiting_;
  Holdings holdings_;  // of what is judged now
};

}  // namespace pinproof::conformance
