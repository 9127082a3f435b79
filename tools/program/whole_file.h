// Files that are there whole or not at all: written under another name beside the place where they go, then renamed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace pinproof::program {

/// "" when it worked; otherwise one sentence, and what was there before is there still. What is there and is no file (a pipe, a terminal)
/// cannot be replaced, and is written to.
std::string write_whole(const std::filesystem::path& file, std::string_view content);

}  // namespace pinproof::program
