// One line for a README: "pinproof | helodata core pass", "… | helodata core 3 broken", "… | helodata core partial"; as an SVG that needs
// nothing from elsewhere, or, in shields_json.h, as the JSON that shields.io makes a badge from. It says what is so, not what a ledger
// excuses: for that there is the exit code.
#pragma once

#include <string>

#include "reports/report.h"

namespace pinproof::reports {

struct Badge {
  std::string label = "pinproof";
  std::string message;
  std::string colour;  // as shields.io calls it: brightgreen, red, yellow, lightgrey
};

/// Of the sets that decide, in the order of the results; where a dialect was run more than once, its worst.
Badge badge_of(const Report& report);

/// A whole SVG document, with a title for whoever does not see it.
std::string render_badge(const Report& report);

}  // namespace pinproof::reports
