// A set of bytes, written as people write them in rules: "a-z0-9", "A-Za-z0-9._~". A '-' first or last is itself.
#pragma once

#include <bitset>
#include <string_view>

namespace pinproof::sim {

class CharacterSet {
 public:
  explicit CharacterSet(std::string_view ranges) {
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      const auto first = static_cast<unsigned char>(ranges[i]);
      auto last = first;
      if (i + 2 < ranges.size() && ranges[i + 1] == '-') {
        last = static_cast<unsigned char>(ranges[i + 2]);
        i += 2;
      }
      for (unsigned byte = first; byte <= last; ++byte) members_.set(byte);
    }
  }

  bool has_all(std::string_view text) const {
    for (const char c : text) {
      if (!members_[static_cast<unsigned char>(c)]) return false;
    }
    return true;
  }

 private:
  std::bitset<256> members_;
};

}  // namespace pinproof::sim
