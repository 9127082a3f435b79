// How much one scenario may ask for. Everything that a file can make large has a limit, so that a mistake ends in a
// message and not in a run without end.
#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/core/time.h"

namespace pinproof::conformance {

/// People write dozens; load and generated cases are made of bursts, and a counterexample is shrunk.
inline constexpr std::size_t kStepsMax = 1'000;

/// Room for the 5,000 sessions of C-SES-9, one more and its proof; sessions used at once in the lab are as many
/// (H-POOL-1).
inline constexpr std::uint32_t kBurstMax = 10'000;

/// Submissions of one parallel step; more of one kind are a burst.
inline constexpr std::size_t kParallelMax = 256;

/// Of one step: each is a line of the report.
inline constexpr std::size_t kExpectationsMax = 32;

/// Names in one list: of labels, requirements, status codes, fields.
inline constexpr std::size_t kListMax = 256;

/// Labels and names of actors, users and connections: they stand in report lines and in URLs.
inline constexpr std::size_t kNameMax = 40;

/// A label with the index of a burst, "label[10000]".
inline constexpr std::size_t kReferenceMax = kNameMax + 7;

/// A user name as sent; longer ones are for the tests of wire limits, which make their own bytes.
inline constexpr std::size_t kUserNameMax = 1'024;

/// Title and notes: a line each.
inline constexpr std::size_t kTextMax = 400;

/// One header field of a request.
inline constexpr std::size_t kFieldMax = 4'096;

/// Bodies, as large as the origin serves (sim::kOriginBodyMax).
inline constexpr std::uint64_t kBodyMax = std::uint64_t{64} << 20U;

/// Users and actors declared by one scenario: a pool of sessions used round robin is the largest need.
inline constexpr std::size_t kUsersMax = 1'000;

/// No promise lasts longer than the half hour; a day has room for dozens of windows in a row.
inline constexpr sim::Duration kWaitMax = std::chrono::hours(24);

}  // namespace pinproof::conformance
