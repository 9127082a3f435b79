#include "reports/markdown_page.h"

#include <fmt/format.h>

#include <utility>

#include "reports/headline.h"

namespace pinproof::reports {
namespace {

constexpr std::string_view kCut = "\n*The rest does not fit here. The result file has it all.*\n";

/// For the sentence that says what is left out.
constexpr std::size_t kLeftOutBytes = 120;

}  // namespace

bool MarkdownPage::append(std::string_view block) {
  if (cut_ || text_.size() + block.size() + kCut.size() > bytes_max_) {
    cut_ = true;
    return false;
  }
  text_ += block;
  return true;
}

std::size_t MarkdownPage::append_each(std::string_view before, std::size_t count,
                                      const std::function<std::string(std::size_t)>& block, std::string_view after,
                                      std::size_t share, const std::string& noun) {
  if (count == 0) return 0;
  std::string section(before);
  std::size_t taken = 0;
  for (; taken < count; ++taken) {
    const std::string next = block(taken);
    if (section.size() + next.size() + after.size() + kLeftOutBytes > share) break;
    section += next;
  }
  if (taken == 0) section.clear();
  if (taken != 0) section += after;
  if (taken < count && !noun.empty())
    section += fmt::format("\n… {} left out here; the result file has them.\n\n",
                           counted(count - taken, taken == 0 ? noun : "more " + noun));
  return append(section) ? taken : 0;
}

std::string MarkdownPage::take() {
  if (cut_) text_ += kCut;
  return std::move(text_);
}

}  // namespace pinproof::reports
