#include "conformance/catalogue/capability.h"

#include "sim/core/check.h"

namespace pinproof::conformance {

std::string_view to_string(Capability capability) {
  switch (capability) {
    case Capability::kTime:
      return "time";
    case Capability::kDrop:
      return "drop";
    case Capability::kExits:
      return "exits";
    case Capability::kAttempts:
      return "attempts";
    case Capability::kApi:
      return "api";
    case Capability::kAccounts:
      return "accounts";
    case Capability::kWire:
      return "wire";
    case Capability::kTls:
      return "tls";
  }
  PINPROOF_CHECK(false, "capability {}", static_cast<int>(capability));
}

std::optional<Capability> parse_capability(std::string_view text) {
  for (const Capability capability : kAllCapabilities) {
    if (to_string(capability) == text) return capability;
  }
  return std::nullopt;
}

std::string to_string(Capabilities capabilities) {
  std::string list;
  for (const Capability capability : kAllCapabilities) {
    if (!capabilities.has(capability)) continue;
    if (!list.empty()) list += ", ";
    list += to_string(capability);
  }
  return list;
}

}  // namespace pinproof::conformance
