// "Did you mean": what a person may have meant by an id that does not exist.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pinproof::program {

/// The candidates closest to `typed`, best first, at most `count_max`: by edits, letter case aside, over the whole of a candidate or
/// the part behind its last '/'. Empty when nothing is close.
std::vector<std::string> nearest(std::string_view typed, const std::vector<std::string>& candidates,
                                 std::size_t count_max = 3);

/// "; did you mean A, B or C?", or "" for none.
std::string did_you_mean(const std::vector<std::string>& suggestions);

}  // namespace pinproof::program
