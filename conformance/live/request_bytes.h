// A request as the bytes that a client sends, sound or broken on purpose.
#pragma once

#include <string>

#include "conformance/target/request_flight.h"

namespace pinproof::conformance {

/// Head and body, framed as the head says: with a Content-Length where it names neither that nor a transfer coding, in one chunk where
/// it says chunked.
///
/// Of a shape that is not sound: kGarbage is a line that is no HTTP; kTwoLengths the request with both framings; kHeadTooLarge the request
/// with fields of kTooLargeBytes; kHalfHead the first half of its head.
std::string bytes_of(const WireRequest& request);

/// Four times what common servers take at most, in fields of 8 KiB.
inline constexpr std::size_t kTooLargeBytes = 256UL << 10U;

}  // namespace pinproof::conformance
