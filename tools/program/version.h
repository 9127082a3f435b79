// The program's version, as the build says it: the same for every compiler and build type.
#pragma once

#include <string_view>

namespace pinproof::program {

inline constexpr std::string_view kVersion = PINPROOF_VERSION;

}  // namespace pinproof::program
