// The sections of the HTML report, one function each, in the order in which the page has them. Each writes a part that makes sense alone, under
// a heading, with an anchor; html_report.h puts them together.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reports/html/html_context.h"
#include "reports/html/html_room.h"
#include "reports/html/html_writer.h"

namespace pinproof::reports {

/// The first screen: does it conform, where not, how do you know. `heading` is "h1", or "h2" where a page has several runs.
void write_summary(HtmlWriter& page, const HtmlContext& context, std::string_view heading);
/// The score: a card for each dialect's core and extended set, and for what is of both dialects. Together they count what the headline counts.
void write_scores(HtmlWriter& page, const HtmlContext& context);
/// Verdicts other than the ledger of expected ones says, and those that it excuses.
void write_ledger(HtmlWriter& page, const HtmlContext& context, std::size_t bytes);
/// Requirement by requirement: verdict, reading, evidence, the command that shows it again. Those that did not hold are the first to have room.
void write_promises(HtmlWriter& page, const HtmlContext& context, std::size_t bytes);
/// Scenario by scenario, with timelines; those that did not pass come first, and are the first to be drawn. Takes from `marks` what it draws.
void write_scenarios(HtmlWriter& page, const HtmlContext& context, std::size_t& marks, std::size_t bytes);
/// What was assumed and what can be checked: readings, capabilities, histories with their digests.
void write_basis(HtmlWriter& page, const HtmlContext& context, std::size_t bytes);

void write_comparison(HtmlWriter& page, const HtmlContext& context, const Comparison& comparison, std::size_t bytes);
void write_matrix(HtmlWriter& page, const Matrix& matrix);
/// What the verdict words and levels mean, and how to read a timeline.
void write_glossary(HtmlWriter& page);

}  // namespace pinproof::reports
