// The report that people read: one file of HTML that opens with no network and, for all that matters, without a script. First what it comes to,
// where it does not conform and how that is known; then promise by promise, scenario by scenario with timelines; then what it rests on.
//
// Everything that a target or a file may have chosen is escaped, and the page's policy lets nothing run or load but its own style and script.
#pragma once

#include <cstddef>
#include <string>

#include "reports/html/html_sections.h"
#include "reports/report.h"

namespace pinproof::reports {

struct HtmlOptions {
  HtmlBudget budget;
};

/// A whole page; the same report gives the same bytes. With timelines of every scenario a run of the shipped suite is about 2 MB, and no report of
/// a few runs is above the budget, 16 MiB, whatever it holds.
std::string render_html(const Report& report, const HtmlOptions& options = {});

}  // namespace pinproof::reports
