// The exchanges of a scenario as a table: what its timeline shows, in words, and all there is where no timeline was drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>

#include "reports/html/html_context.h"
#include "reports/html/html_writer.h"

namespace pinproof::reports {

/// Rows of one table. Evidence comes first into it, with what stands before it, then what tells a story, then the rest.
inline constexpr std::size_t kExchangeRowsMax = 60;

/// The observations of a timeline that get a row.
std::set<std::uint64_t> rows_of(const Timeline& timeline);

void write_exchanges(HtmlWriter& page, const HtmlContext& context, const Timeline& timeline,
                     const std::set<std::uint64_t>& rows);

/// The lines that a result carries by itself.
void write_exchanges(HtmlWriter& page, const HtmlContext& context, const ScenarioResult& scenario);

}  // namespace pinproof::reports
