#include "tools/program/suggestions.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace pinproof::program {
namespace {

/// Longer ones are not typed by hand, and comparing costs the product of the lengths.
constexpr std::size_t kTypedMax = 200;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

/// Insertions, deletions and replacements between the two.
std::size_t edits(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::size_t distance(const std::string& typed, const std::string& candidate) {
  const std::size_t slash = candidate.rfind('/');
  std::size_t least = edits(typed, candidate);
  if (slash != std::string::npos && typed.find('/') == std::string::npos) {
    least = std::min(least, edits(typed, candidate.substr(slash + 1)) + 1);
  }
  // A part typed right is as good as one edit: "STK-6" for "H-STK-6".
  if (typed.size() >= 3 && candidate.find(typed) != std::string::npos) least = std::min<std::size_t>(least, 1);
  return least;
}

}  // namespace

std::vector<std::string> nearest(std::string_view typed, const std::vector<std::string>& candidates,
                                 std::size_t count_max) {
  if (typed.empty() || typed.size() > kTypedMax) return {};
  const std::size_t distance_max = std::max<std::size_t>(2, typed.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> close;
  for (const std::string& candidate : candidates) {
    const std::size_t far = distance(lower(typed), lower(candidate));
    if (far <= distance_max && far < typed.size()) close.emplace_back(far, candidate);
  }
  std::stable_sort(close.begin(), close.end(),
                   [](const auto& left, const auto& right) { return left.first < right.first; });
  std::vector<std::string> result;
  for (const auto& [far, candidate] : close) {
    if (result.size() == count_max) break;
    result.push_back(candidate);
  }
  return result;
}

std::string did_you_mean(const std::vector<std::string>& suggestions) {
  if (suggestions.empty()) return "";
  std::string text = "; did you mean ";
  for (std::size_t i = 0; i < suggestions.size(); ++i) {
    if (i != 0) text += i + 1 == suggestions.size() ? " or " : ", ";
    text += suggestions[i];
  }
  return text + "?";
}

}  // namespace pinproof::program
