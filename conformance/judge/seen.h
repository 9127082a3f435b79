// What a history shows, found by label and by token: what expectations are ruled on.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "conformance/history/history.h"

namespace pinproof::conformance {

/// What labels stand for, in order of their records.
struct Subject {
  std::vector<const Observation*> observations;
  std::vector<const ApiCall*> calls;

  bool empty() const { return observations.empty() && calls.empty(); }
  std::vector<std::uint64_t> ids() const;
};

/// Which exit served a request, and how that is known.
struct ServedBy {
  std::string address;   // empty: none, or not known
  bool claimed = false;  // by the gateway's own header alone
};

/// One try of a request at an upstream.
struct Try {
  std::string exit;
  Instant at;
  bool reached = true;  // false: the connection was refused, nothing was forwarded
};

/// The tries in what upstreams saw of a request. An exit that fails a request may tell only that, or the request's coming too: one try.
std::vector<Try> tries_of(const std::vector<UpstreamSaw>& saw);

class Seen {
 public:
  explicit Seen(const HistoryHeader& header) : header_(header) {}
  // Its maps point into its records.
  Seen(const Seen&) = delete;
  Seen& operator=(const Seen&) = delete;

  void add(const Record& record);

  const HistoryHeader& header() const { return header_; }
  Subject find(const Labels& labels) const;
  Subject find(const std::string& label) const;

  const std::vector<UpstreamSaw>& upstreams(const std::string& token) const;
  const std::vector<OriginSaw>& origin(const std::string& token) const;
  /// Whether the journals are in the history up to the end of that request, so that what is not there did not happen.
  bool journals_reach(const Observation& seen) const;

  ServedBy served_by(const Observation& seen) const;

 private:
  HistoryHeader header_;
  std::map<std::string, Observation> observations_;
  std::map<std::string, ApiCall> calls_;
  std::map<std::string, std::vector<std::string>> bursts_;  // labels of each, in order of their ids
  std::map<std::string, std::vector<UpstreamSaw>> upstreams_;
  std::map<std::string, std::vector<OriginSaw>> origin_;
  std::optional<Instant> journals_until_;
};

}  // namespace pinproof::conformance
