// A Markdown text that never exceeds its size: blocks are taken whole or not at all, so that what is there is well formed, and what is
// left out is counted and said.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace pinproof::reports {

class MarkdownPage {
 public:
  explicit MarkdownPage(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  std::size_t bytes_max() const { return bytes_max_; }

  /// Appends `block`, which ends in a newline, and says whether it fitted.
  bool append(std::string_view block);

  /// As many of `count` blocks as fit into `share` bytes, between `before` and `after`, which are left out where there are none; then how
  /// many were left out, of which `noun`s ("broken promise"); where that is empty, whoever calls says so. Returns how many are there.
  std::size_t append_each(std::string_view before, std::size_t count,
                          const std::function<std::string(std::size_t)>& block, std::string_view after,
                          std::size_t share, const std::string& noun);

  std::string take();

 private:
  std::size_t bytes_max_;
  std::string text_;
  bool cut_ = false;
};

}  // namespace pinproof::reports
