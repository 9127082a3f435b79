// In which order requests of one session that overlap may have reached the gateway. What was answered before another was sent came before
// it; of the rest any order is possible, and the gateway is right if it is right in one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "conformance/judge/pins/pin_book.h"
#include "conformance/judge/pins/pin_ruling.h"

namespace pinproof::conformance {

/// Requests put in order at once.
inline constexpr std::size_t kOrderedMax = 64;

class ArrivalOrder {
 public:
  explicit ArrivalOrder(const PinBook& book) : book_(book) {}

  /// Puts at most kOrderedMax exchanges, given in order of sending, in the likeliest order of arrival: that of sending if
  /// nothing is wrong in it, else among orders that a search of bounded width finds one with the fewest wrong requests, and
  /// of those with the fewest moves of the session.
  void arrange(const PinStates& before, std::vector<ExchangePtr>& exchanges);

 private:
  /// Orders kept at a time, each of as many requests as the others, and of them those in which the session took the same path: or else
  /// the one that stays longest where it is would crowd out those that have to leave early.
  static constexpr std::size_t kWidth = 32;
  static constexpr std::size_t kOnePathWidth = 4;

  struct Tried {
    PinStates states;
    std::vector<std::size_t> order;
    std::uint64_t done = 0;  // a bit for each exchange
    std::string path;        // the exits in turn
    std::size_t wrong = 0;
    std::size_t moves = 0;
    std::size_t stayed = 0;       // requests before each move
    std::size_t overtakings = 0;  // not the first of those that were sent was next
  };

  bool right_as_sent(const PinStates& before, const std::vector<ExchangePtr>& exchanges);
  static void keep_best(std::vector<Tried>& tried);
  void extend(const Tried& tried, const std::vector<ExchangePtr>& exchanges, std::vector<Tried>& longer);

  const PinBook& book_;
  PinRuling ruling_;
  std::vector<std::uint64_t> earlier_;  // for each exchange, those that surely came before it
};

}  // namespace pinproof::conformance
