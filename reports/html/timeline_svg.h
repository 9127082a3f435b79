// Draws a timeline as SVG, with the words that tell how to read it. Without a script it can be read, hovered (titles), walked through with the
// tab key and followed to the table of exchanges; a script adds zoom and arrow keys. Places are percentages, so that the width is anybody's.
#pragma once

#include <cstdint>
#include <set>

#include "reports/html/html_context.h"
#include "reports/html/html_writer.h"
#include "reports/timeline.h"

namespace pinproof::reports {

/// `rows`: ids of the observations that have a row in the table of exchanges, to which their marks link.
void write_timeline(HtmlWriter& page, const HtmlContext& context, const Timeline& timeline,
                    const std::set<std::uint64_t>& rows);

}  // namespace pinproof::reports
