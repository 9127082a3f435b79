// The check for mistakes of the programmer: a precondition or an invariant that only a bug can break. It is on in every
// build, since a simulator that goes on from a broken state proves nothing. What a peer, a scenario or a user can cause
// is a value instead, never a check.
#pragma once

#include <fmt/core.h>

#include <string_view>

namespace pinproof::sim {

/// Writes one line, "file:line: check failed: condition: message", to stderr and aborts.
[[noreturn, gnu::cold, gnu::noinline]] void fail_check(const char* file, int line, std::string_view condition,
                                                       std::string_view message);

}  // namespace pinproof::sim

/// PINPROOF_CHECK(low <= high, "low {}, high {}", low, high). The message says the values; it is formatted on failure
/// only.
#define PINPROOF_CHECK(condition, ...)                                                         \
  do {                                                                                         \
    if (!(condition)) [[unlikely]] {                                                           \
      ::pinproof::sim::fail_check(__FILE__, __LINE__, #condition, ::fmt::format(__VA_ARGS__)); \
    }                                                                                          \
  } while (false)
