#include "reports/html/html_room.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/escape.h"
#include "reports/html/html_words.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kLineBytes = 400;   // of an entry with words of ordinary length
constexpr std::size_t kWholeBytes = 600;  // less than this, and no entry in whole is worth trying
constexpr std::size_t kMissesMax = 20;    // entries that were written and did not fit: then only lines are tried
constexpr std::size_t kLineColumns = 120;

}  // namespace

std::size_t HtmlEntryRoom::for_whole() const {
  const std::size_t lines = kLineBytes * (waiting_ > 0 ? waiting_ - 1 : 0);
  return left_ > lines ? left_ - lines : 0;
}

HtmlWriter HtmlEntryRoom::tell(const Write& whole, const Write& line) {
  const std::size_t room = for_whole();
  if (waiting_ > 0) --waiting_;
  ++told_;
  HtmlWriter entry;
  if (room >= kWholeBytes && misses_ < kMissesMax) {
    whole(entry);
    if (entry.size() <= room) {
      left_ -= entry.size();
      return entry;
    }
    entry = HtmlWriter();
    ++misses_;
  }
  line(entry);
  if (entry.size() <= left_) {
    left_ -= entry.size();
    ++lines_;
    return entry;
  }
  ++left_out_;
  return {};
}

std::string HtmlEntryRoom::remark(std::string_view what) const {
  if (lines_ + left_out_ == 0) return "";
  std::string text = fmt::format("To keep this page small, {} of {} {} are told in one line each", grouped(lines_),
                                 grouped(told_), what);
  if (left_out_ > 0) text += fmt::format(", and {} not at all", grouped(left_out_));
  return text + "; result.json has all of them in whole.";
}

void write_left_out(HtmlWriter& page, std::size_t count, std::size_t columns, std::string_view of_what) {
  if (count == 0) return;
  const HtmlElement row(page, "tr", {{"class", "gap"}});
  page.leaf("td", {{"colspan", std::to_string(columns)}},
            fmt::format("… {} more{}{}; result.json has them", grouped(count), of_what.empty() ? "" : " ", of_what));
}

std::string in_a_line(std::string_view text) { return escape(text, kLineColumns); }

}  // namespace pinproof::reports
