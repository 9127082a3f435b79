// The badge as the JSON that shields.io's endpoint reads (https://shields.io/badges/endpoint-badge): publish the file, and give its
// address to shields.
#pragma once

#include <string>

#include "reports/report.h"

namespace pinproof::reports {

/// One object with a newline at the end. What the badge says is badge.h.
std::string render_shields(const Report& report);

}  // namespace pinproof::reports
