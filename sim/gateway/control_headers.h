// The gateway's own request fields, read: what a client asks for beside the URL.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/core/time.h"
#include "sim/gateway/rules.h"
#include "sim/http/headers.h"

namespace pinproof::sim {

struct ControlHeaders {
  std::optional<std::string_view> session;  // "create" or an id
  std::optional<std::string_view> region;
  std::optional<std::uint32_t> retries;  // asked for, as retries after the first attempt (C-RET-2)
  Duration timeout{};                    // of an attempt
};

/// Nothing when a field is malformed, said twice, out of its range, or excluded by another (C-RET-4). Views are into `headers`.
std::optional<ControlHeaders> read_control_headers(const Rules& rules, const Headers& headers);

}  // namespace pinproof::sim
