#include "conformance/history/mutations_testing.h"

#include <array>
#include <string_view>

namespace pinproof::conformance {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kPieces{"\""sv,
                             "\\"sv,
                             "{"sv,
                             "}"sv,
                             "["sv,
                             "]"sv,
                             ","sv,
                             ":"sv,
                             " "sv,
                             "\n"sv,
                             "\t"sv,
                             "\0"sv,
                             "\x1f"sv,
                             "\x7f"sv,
                             "\\n"sv,
                             "\\/"sv,
                             "\\u0000"sv,
                             "\\u00e9"sv,
                             "\\ud83d"sv,
                             "\\ude00"sv,
                             "\\ud83d\\ude00"sv,
                             "\\x"sv,
                             "\\u12"sv,
                             "\xc3\xa9"sv,
                             "\xc3"sv,
                             "\xc0\x80"sv,
                             "\xed\xa0\x80"sv,
                             "\xf0\x9f\x98\x80"sv,
                             "\xf4\x90\x80\x80"sv,
                             "\xef\xbb\xbf"sv,
                             "-"sv,
                             "-0"sv,
                             "0"sv,
                             "1"sv,
                             "01"sv,
                             "9"sv,
                             ".5"sv,
                             "e9"sv,
                             "E+400"sv,
                             "1e-400"sv,
                             "+"sv,
                             "9223372036854775808"sv,
                             "-9223372036854775809"sv,
                             "18446744073709551616"sv,
                             "null"sv,
                             "true"sv,
                             "false"sv,
                             "NaN"sv,
                             "Infinity"sv,
                             "//"sv,
                             "/**/"sv,
                             "\"record\":"sv,
                             "\"id\":1,"sv,
                             "\"at\":2,"sv,
                             "{}"sv,
                             "[]"sv};

}  // namespace

std::string mutated(std::string text, sim::Random& random) {
  for (std::uint64_t edits = 1 + random.below(3); edits > 0; --edits) {
    const std::size_t at = random.below(text.size() + 1);
    switch (random.below(6)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(random.below(256));
        break;
      case 1:
        text.erase(at, 1 + random.below(8));
        break;
      case 2: {  // a stretch twice: keys that come twice, among others
        const std::string stretch = text.substr(at, random.below(40));
        text.insert(at, stretch);
        break;
      }
      case 3:
        if (random.below(8) == 0) text.resize(at);
        break;
      default:
        text.insert(at, kPieces[random.below(kPieces.size())]);
    }
  }
  return text;
}

}  // namespace pinproof::conformance
