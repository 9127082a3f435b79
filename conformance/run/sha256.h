// The SHA-256 of a file, for telling whether it is still the one that a result was judged from; anybody can check it with sha256sum.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace pinproof::conformance {

/// 64 hexadecimal digits, in lower case; nothing where the file cannot be read to its end.
std::optional<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace pinproof::conformance
