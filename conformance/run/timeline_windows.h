// The windows of sessions as they were promised, drawn behind their requests: from the request that opened one until it was to end. An aid to
// the eye, which verdicts do not come from: where a reading leaves more than one end open, the earliest is drawn.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/judge/facts/asked.h"
#include "reports/timeline.h"

namespace pinproof::conformance {

class TimelineWindows {
 public:
  /// `header` outlives this.
  explicit TimelineWindows(const HistoryHeader& header) : header_(header) {}

  /// A request that names a session was answered through an exit; `lane` is where it is drawn.
  void named(const Observation& seen, const Asked& asked, bool repinned, std::uint32_t lane);
  /// The same of an issued session.
  void issued(const Observation& seen, const std::string& id, std::uint32_t lane);
  /// Its id is not known to the gateway any more.
  void refused(const Observation& seen, const std::string& id);
  void called(const ApiCall& call);

  /// Ends that lie beyond `end` are open.
  std::vector<reports::TimelineBand> take(Instant end);

 private:
  struct Window {
    std::vector<std::uint32_t> lanes;  // one band each: a session may have several clients
    Instant from;
    std::uint64_t order = 0;
    Instant until;
    std::uint64_t until_order = 0;
    bool repinned = false;
  };

  /// Nobody looks at more; those that come later have no window drawn.
  static constexpr std::size_t kWindowsMax = 2000;

  Window* open(const std::string& key, const Observation& seen, Duration window, std::uint32_t lane);
  void close(const std::string& key, Instant at, std::uint64_t order);
  void finish(const std::string& key);

  const HistoryHeader& header_;
  std::map<std::string, Window> live_;
  std::map<std::string, Instant> created_;  // by call, not used yet
  std::vector<Window> over_;
};

}  // namespace pinproof::conformance
