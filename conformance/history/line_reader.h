// The lines of a stream, one after another, each as a view: for files of any length. A line longer than there may be is not read to its
// end, so that memory stays bounded whatever the file is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string_view>
#include <vector>

namespace pinproof::conformance {

class LineReader {
 public:
  LineReader(std::istream& in, std::size_t line_max) : in_(&in), line_max_(line_max) {}

  /// Goes to the next line; false when there is none.
  bool next();

  /// Without its line feed; valid until next(). Empty where the line is too long.
  std::string_view line() const { return line_; }
  std::uint64_t number() const { return number_; }  // from 1
  bool ended() const { return ended_; }             // with a line feed, and not with the file
  bool too_long() const { return too_long_; }       // nothing can be read after it

 private:
  bool fill();

  std::istream* in_;
  std::size_t line_max_;
  std::vector<char> buffer_ = std::vector<char>(std::size_t{256} << 10U);  // many lines a read of the file
  std::size_t begin_ = 0;                                                  // of what was read and not handed out
  std::size_t end_ = 0;
  std::string_view line_;
  std::uint64_t number_ = 0;
  bool ended_ = false;
  bool too_long_ = false;
};

}  // namespace pinproof::conformance
