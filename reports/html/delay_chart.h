// Pacing as a chart: how long each request was held before it was forwarded, by its number.
#pragma once

#include "reports/html/html_writer.h"
#include "reports/timeline.h"

namespace pinproof::reports {

/// Nothing where no request was held.
void write_delay_chart(HtmlWriter& page, const Timeline& timeline);

}  // namespace pinproof::reports
