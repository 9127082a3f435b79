#include "conformance/judge/checks/checks.h"

namespace pinproof::conformance {

Ruling rule(const Check& check, const Subject& subject, const Seen& seen) {
  return std::visit([&](const auto& one) { return rule(one, subject, seen); }, check);
}

}  // namespace pinproof::conformance
