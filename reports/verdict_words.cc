#include "reports/verdict_words.h"

namespace pinproof::reports {

VerdictStyle style_of(std::string_view verdict) {
  for (const VerdictStyle& style : kVerdictStyles) {
    if (style.word == verdict) return style;
  }
  return {verdict, "!", Tone::kBad};
}

}  // namespace pinproof::reports
