#include "conformance/history/line_reader.h"

#include <algorithm>
#include <cstring>

namespace pinproof::conformance {

bool LineReader::next() {
  line_ = {};
  if (too_long_) return false;
  std::size_t searched = 0;  // of the line, in which no line feed is
  for (;;) {
    const char* const line = buffer_.data() + begin_;
    const std::size_t there = end_ - begin_;
    const void* const feed = there == searched ? nullptr : std::memchr(line + searched, '\n', there - searched);
    if (feed == nullptr && there <= line_max_) {
      searched = there;
      if (fill()) continue;
      if (there == 0) return false;
    }
    const std::size_t size = feed == nullptr ? there : static_cast<std::size_t>(static_cast<const char*>(feed) - line);
    ++number_;
    ended_ = feed != nullptr;
    too_long_ = size > line_max_;
    if (!too_long_) line_ = {line, size};
    begin_ += size + (ended_ ? 1 : 0);
    return true;
  }
}

/// More of the file behind what is there; false at its end.
bool LineReader::fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  in_->read(buffer_.data() + end_, static_cast<std::streamsize>(buffer_.size() - end_));
  const auto read = static_cast<std::size_t>(in_->gcount());
  end_ += read;
  return read > 0;
}

}  // namespace pinproof::conformance
