#include "sim/core/exit.h"

#include "sim/core/check.h"

namespace pinproof::sim {

std::string_view to_string(ExitType type) {
  switch (type) {
    case ExitType::kResidential:
      return "res";
    case ExitType::kMobile:
      return "mob";
  }
  PINPROOF_CHECK(false, "no exit type {}", static_cast<int>(type));
}

std::optional<ExitType> parse_exit_type(std::string_view text) {
  if (text == "res") return ExitType::kResidential;
  if (text == "mob") return ExitType::kMobile;
  return std::nullopt;
}

bool ExitFilter::matches(const Exit& exit) const {
  return (!type || *type == exit.type) && (region.empty() || region == exit.region) &&
         (state.empty() || state == exit.state) && (city.empty() || city == exit.city) && (!asn || *asn == exit.asn);
}

}  // namespace pinproof::sim
