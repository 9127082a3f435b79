// The formats that a report comes in, for `report --format` and `run --report`. The list is in renderers.cc, a line a format.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"

namespace pinproof::program {

struct RenderOptions {
  bool is_short = false;  // where a format has a short form
};

struct Renderer {
  std::string_view name;
  std::vector<std::string_view> endings;  // of files that are in that format, when nothing else is said
  std::string (*render)(const reports::Report&, const RenderOptions&);
  bool draws_timelines = false;
  bool shows_a_matrix = false;  // also where there is no result
  bool shows_one = false;       // result, and no more
  bool shows_a_comparison = false;
  bool has_short_form = false;
};

const std::vector<Renderer>& renderers();

/// Null where there is none.
const Renderer* find_renderer(std::string_view name);
/// By the longest ending that fits.
const Renderer* renderer_of_file(std::string_view file);

/// "html, markdown, …".
std::string renderer_names();

/// Where a report goes, and in which format.
struct ReportFile {
  const Renderer* renderer = nullptr;
  std::string file;
};

/// "report.html", or "FORMAT:FILE"; nothing where no format is said by either.
std::optional<ReportFile> parse_report_file(const std::string& text);

/// What it cannot show of a report, as the end of a sentence; "" where it can show it.
std::string cannot_show(const Renderer& renderer, const reports::Report& report);

}  // namespace pinproof::program
