// The requests that a workload sends, made from the rules of the gateway that they are for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/core/random.h"
#include "sim/gateway/rules.h"
#include "sim/world/world.h"

namespace pinproof::sim {

/// A session as its user thinks of it.
struct WorkloadSession {
  std::uint32_t account = 0;
  ExitFilter wanted;
  std::string name;  // where the user name says the session
  std::uint32_t minutes = 10;
  std::string issued;    // where the gateway does; empty: none yet
  std::string api_name;  // as the sessions API calls it, where that was seen
};

class WorkloadRequests {
 public:
  /// The references outlive it.
  WorkloadRequests(const Rules& rules, const std::vector<Exit>& exits) : rules_(rules), exits_(exits) {}

  /// A session of some account, of some place that an exit is in, down to some detail.
  WorkloadSession make_session(Random& random) const;

  /// A request for the origin, in the session or, where there is none, in rotating mode.
  ClientRequest plain(const WorkloadSession& session, bool sticky, std::string_view token, std::string_view options,
                      Random& random) const;
  ClientRequest connect(const WorkloadSession& session, bool sticky, std::string_view token) const;
  ClientRequest inside_tunnel(std::string_view token, bool last, const WorkloadSession& session, bool sticky) const;

  /// A call of the sessions API; `name` empty: of the collection.
  ClientRequest api(std::string_view method, std::uint32_t account, std::string_view name) const;

  /// A request with one of the mistakes that gateways document.
  ClientRequest malformed(const WorkloadSession& session, std::string_view token, Random& random) const;

  bool sessions_are_issued() const { return rules_.session.said_in == SessionSource::kHeader; }

 private:
  std::string user_name(const WorkloadSession& session, bool sticky) const;
  std::string segment_value(const WorkloadSession& session, SegmentMeaning meaning) const;
  std::string malformed_user_name(const WorkloadSession& session, Random& random) const;
  void add_credentials(ClientRequest& request, const WorkloadSession& session, bool sticky) const;
  void add_session(ClientRequest& request, const WorkloadSession& session, bool sticky) const;

  const Rules& rules_;
  const std::vector<Exit>& exits_;
};

}  // namespace pinproof::sim
