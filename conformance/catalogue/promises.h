// The numbers that a gateway promised, as the judge holds it to them. The catalogue gives the defaults, each beside the
// requirement that promises it; a profile may declare others, and the header of a history carries those in force.
//
// The members have no defaults of their own on purpose: the numbers stand in conformance/requirements/*.json, nowhere
// in code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/time.h"

namespace pinproof::conformance {

/// A domain with a delay of its own (C-PAC-2), which holds for the names below it too.
struct DomainDelay {
  std::string domain;
  sim::Duration delay{};
  bool operator==(const DomainDelay&) const = default;
};

struct Promises {
  sim::Duration minute{};                  // what a minute of `sesstime` lasts (H-STK-7)
  std::int64_t window_minutes_min = 0;     // the smallest window accepted, in minutes (H-STK-7)
  sim::Duration window_cap{};              // the longest residential pin (H-STK-6, H-PIN-3)
  std::int64_t session_id_length_max = 0;  // characters of an id the client makes up (H-STK-8)
  sim::Duration in_flight_timeout{};       // a request cut off by a loss ends within it (H-PIN-9)
  std::int64_t byte_overhead_max =
      0;  // bytes a request by which the bill may differ from what the origin saw (H-NOT-1)
  std::int64_t false_alarm_one_in = 0;  // a statistical verdict is wrong once in so many runs at most (H-ROT-1)
  sim::Duration idle_window{};          // an issued session lives so long after its last request (C-SES-7)
  std::int64_t session_cap = 0;         // issued sessions alive at once, by account (C-SES-9)
  std::vector<std::string> accounts_without_sessions;  // by symbolic name: their plan has none (C-SES-11)
  sim::Duration default_delay{};                       // between two requests through one exit (C-PAC-1)
  std::vector<DomainDelay> domains;                    // those with another delay (C-PAC-2)
  sim::Duration delay_ceiling{};                       // no request is held longer (C-PAC-3)
  sim::Duration soft_limit{};                          // delays this long are announced (C-PAC-5)
  sim::Duration announced_delay_tolerance{};  // by which the announced delay may differ from the one served (C-PAC-5)
  std::int64_t default_retries = 0;           // after the first attempt, outside sessions (C-RET-3)

  bool operator==(const Promises&) const = default;

  /// The delay promised between two requests to `host` through one exit: that of the longest domain which is `host` or
  /// a parent of it, else the default. `host` in lower case, without a port.
  sim::Duration delay_of(std::string_view host) const;
};

/// One promise by name: which member it is.
struct PromiseField {
  std::string_view name;
  std::variant<sim::Duration Promises::*, std::int64_t Promises::*, std::vector<DomainDelay> Promises::*,
               std::vector<std::string> Promises::*>
      member;
};

/// Every promise, in the order of the struct; names are those of the members.
const std::vector<PromiseField>& promise_fields();

}  // namespace pinproof::conformance
