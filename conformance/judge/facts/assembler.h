// Joins a history's records into exchanges, and hands everything on in the order of sending.
//
// An exchange is complete once its observation is there and the journals are in the history up to its end ("journal complete to"), or at
// the end of the history. Requests that overlap are recorded as they end; their ids tell the order of sending, so an exchange waits for
// those sent before it, within kWaitingMax: memory stays bounded however long one request takes.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "conformance/history/history.h"
#include "conformance/judge/facts/asked.h"
#include "conformance/judge/facts/exchange.h"

namespace pinproof::conformance {

inline constexpr std::size_t kWaitingMax = 65'536;  // far more than any lab has in flight
/// Requests of which upstreams told and that no observation has come for: other people's traffic, forgotten beyond this.
inline constexpr std::size_t kUnknownMax = 1'000'000;

/// Told of what happened, one thing at a time.
class FactSink {
 public:
  virtual ~FactSink() = default;
  virtual void exchange(const ExchangePtr& exchange) = 0;
  virtual void api_call(const ApiCall& call) = 0;
  /// Comes before every exchange that may have been touched by it.
  virtual void exit_acted(const ExitActed& acted) = 0;
};

class Assembler {
 public:
  Assembler(const HistoryHeader& header, FactSink& sink);

  void record(const Record& record);
  /// Hands on what still waits; the history is over.
  void conclude();

 private:
  /// One of the two.
  struct Sent {
    std::shared_ptr<Exchange> exchange;
    std::unique_ptr<const ApiCall> call;
  };

  std::shared_ptr<Exchange> blank();
  Exchange& joined(const std::string& token);
  void hand_on(bool all);
  bool settled(const Sent& sent) const;

  const HistoryHeader& header_;
  FactSink& sink_;
  AskedNames names_;
  bool upstream_visible_;
  bool origin_visible_;
  Instant journal_complete_ = Instant::min();  // nothing is known to be there
  std::uint64_t next_id_ = 1;
  std::map<std::uint64_t, Sent> waiting_;  // by id
  // By token: those waiting, and what upstreams and origin saw of requests that are not yet recorded.
  std::unordered_map<std::string, std::shared_ptr<Exchange>> by_token_;
  // Handed on, and to be used again once nobody keeps them: a history's exchanges are alike, and so are their buffers.
  std::deque<std::shared_ptr<Exchange>> handed_on_;
};

}  // namespace pinproof::conformance
