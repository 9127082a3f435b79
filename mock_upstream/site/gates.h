// The gates that the origin's answers stand at, by token, until somebody releases them.
//
// A release is kept: an answer that comes to its gate later goes through.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "mock_upstream/net/wakeup.h"

namespace pinproof::mock_upstream {

class Gates {
 public:
  /// One answer that waits, for as long as this lives; a release of its token fires the wakeup.
  class Waiting {
   public:
    Waiting(Gates& gates, std::string token, Wakeup& wakeup);
    ~Waiting();
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

   private:
    friend class Gates;
    Gates& gates_;
    std::string token_;
    Wakeup& wakeup_;
  };

  /// How many releases are kept that nobody may ever come for; more are refused until reset().
  static constexpr std::size_t kReleasesMax = 1UL << 20U;

  bool is_open(std::string_view token) const { return open_.find(token) != open_.end(); }
  /// False when there were too many.
  bool release(const std::string& token);
  /// Forgets the releases; what waits goes on waiting.
  void reset() { open_.clear(); }
  std::size_t waiting() const { return waiting_.size(); }

 private:
  std::set<std::string, std::less<>> open_;
  std::multimap<std::string, Waiting*, std::less<>> waiting_;
};

}  // namespace pinproof::mock_upstream
