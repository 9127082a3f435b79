// How many files this process may have open: five thousand exits take a listener each and more for their connections.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace pinproof::mock_upstream {

/// Raises the soft limit as far as it goes. Nothing when `needed` files may be open then; else what is missing and what to do.
std::optional<std::string> provide_open_files(std::uint64_t needed);

/// The hard limit; 0 where it cannot be read.
std::uint64_t open_files_max();

}  // namespace pinproof::mock_upstream
