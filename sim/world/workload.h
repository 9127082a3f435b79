// A seeded, mixed workload: client programs that use a gateway for hours of virtual time in every way it offers, and exits that
// misbehave meanwhile. It checks no promise; it is what determinism is checked on, what golden digests are of, and what benchmarks
// run.
//
// It speaks whatever the rules say: user names, session header and sessions API are made from them, so one workload drives every
// dialect.
#pragma once

#include <cstdint>

#include "sim/core/time.h"
#include "sim/world/world.h"

namespace pinproof::sim {

/// What a client does at its turn, as weights.
struct WorkloadMix {
  std::uint32_t sticky = 46;    // one request in a session
  std::uint32_t rotating = 20;  // one without
  std::uint32_t tunnel = 12;    // CONNECT, and up to three requests inside it
  std::uint32_t burst = 1;      // many requests of one session at once, a connection each
  std::uint32_t gated = 3;      // a request that is held in mid-body until somebody's next turn
  std::uint32_t abandoned = 2;  // a request whose client goes away with the answer open
  std::uint32_t renewed = 4;    // the session is dropped for one with another id
  std::uint32_t listed = 2;     // the sessions API
  std::uint32_t created = 2;
  std::uint32_t deleted = 2;
  std::uint32_t malformed = 6;  // what has to be refused: names, credentials, ids, headers, targets
};

struct Workload {
  std::uint64_t seed = 1;
  std::uint32_t clients = 50;
  std::uint32_t sessions = 100;  // in use at any time, shared by the clients
  Duration duration = 4h;
  Duration mean_pause = 1min;                 // of a client between two turns
  Duration mean_between_exit_actions = 3min;  // drops, resets, failures, slowness, black holes; each passes
  std::uint32_t burst_requests = 12;
  WorkloadMix mix;
};

/// What came of it: enough to see that a run was no idle one.
struct WorkloadCounts {
  std::uint64_t exchanges = 0;
  std::uint64_t complete = 0;
  std::uint64_t cut = 0;
  std::uint64_t closed = 0;
  std::uint64_t answers_2xx = 0;
  std::uint64_t answers_4xx = 0;
  std::uint64_t answers_5xx = 0;
  std::uint64_t repinned = 0;  // answers with the repinned field
  std::uint64_t sessions_issued = 0;
  std::uint64_t tunnels = 0;
  std::uint64_t exit_actions = 0;
  std::uint64_t events = 0;  // of the world

  bool operator==(const WorkloadCounts&) const = default;
};

/// Runs the workload in a world of its own, from its start to `duration`; the trace, churn, latencies and events_max are the
/// world's options. The rules have at least one account, and there is at least one exit.
WorkloadCounts run_workload(const Workload& workload, WorldOptions world);

}  // namespace pinproof::sim
