// How large the HTML report gets, whatever a result holds: each part has room, measured in bytes of the page, and what does not fit is told
// shortly or counted. A row is written whole or not at all, so that a part ends at most one row beyond its room.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "reports/html/html_writer.h"

namespace pinproof::reports {

/// How much the page has. What is left out is said where it would have been.
struct HtmlBudget {
  std::size_t marks = 12'000;  // of timelines in the whole report: each costs about 600 bytes with its row in a table
  std::size_t bytes = 16U << 20U;  // of the whole page
};

/// Room for rows, from where the page is now.
class HtmlRoom {
 public:
  HtmlRoom(const HtmlWriter& page, std::size_t bytes) : page_(page), end_(page.size() + bytes) {}
  bool left() const { return page_.size() < end_; }

 private:
  const HtmlWriter& page_;
  std::size_t end_;
};

/// Room for so many entries (promises, scenarios) that are told in the order of their urgency: in whole while a line is left for each
/// that follows, then in a line, then not at all.
class HtmlEntryRoom {
 public:
  HtmlEntryRoom(std::size_t bytes, std::size_t entries) : left_(bytes), waiting_(entries) {}

  using Write = std::function<void(HtmlWriter&)>;
  /// The next entry as it fits; empty where it does not.
  HtmlWriter tell(const Write& whole, const Write& line);
  /// For an entry that is told in whole, beside a line for each that follows.
  std::size_t for_whole() const;

  std::size_t lines() const { return lines_; }
  std::size_t left_out() const { return left_out_; }
  /// "To keep this page small, …"; empty where all is told in whole.
  std::string remark(std::string_view what) const;

 private:
  std::size_t left_;
  std::size_t waiting_;
  std::size_t told_ = 0;
  std::size_t misses_ = 0;
  std::size_t lines_ = 0;
  std::size_t left_out_ = 0;
};

/// A row of a table that says how many more there are; nothing where there are none.
void write_left_out(HtmlWriter& page, std::size_t count, std::size_t columns, std::string_view of_what = "");

/// Rows of a table while there is room, and how many more there are. `write_row` writes the cells of one.
template <class Rows, class WriteRow>
void write_table_rows(HtmlWriter& page, const Rows& rows, std::size_t columns, std::size_t bytes, WriteRow write_row) {
  const HtmlRoom room(page, bytes);
  std::size_t shown = 0;
  for (const auto& row : rows) {
    if (!room.left()) break;
    const HtmlElement line(page, "tr");
    write_row(row);
    ++shown;
  }
  write_left_out(page, rows.size() - shown, columns);
}

/// A text of a line: escaped, and cut where it is long.
std::string in_a_line(std::string_view text);

}  // namespace pinproof::reports
