#include "tools/program/renderers.h"

#include <algorithm>

#include "reports/badge.h"
#include "reports/ctrf_json.h"
#include "reports/html/html_report.h"
#include "reports/junit.h"
#include "reports/markdown.h"
#include "reports/result_json.h"
#include "reports/shields_json.h"
#include "reports/tap.h"

namespace pinproof::program {
namespace {

using reports::Report;
using Options = RenderOptions;

std::vector<Renderer> all() {
  // clang-format off
  return {
      {"html", {".html", ".htm"}, [](const Report& r, const Options&) { return reports::render_html(r); }, true, true, false, true},
      {"markdown", {".md", ".markdown"}, [](const Report& r, const Options& o) { return reports::render_markdown(r, {o.is_short}); }, false, false, false, true, true},
      {"junit", {".xml"}, [](const Report& r, const Options&) { return reports::render_junit(r); }},
      {"ctrf", {".ctrf.json"}, [](const Report& r, const Options&) { return reports::render_ctrf(r); }},
      {"tap", {".tap"}, [](const Report& r, const Options&) { return reports::render_tap(r); }},
      {"json", {".json"}, [](const Report& r, const Options&) { return reports::to_json(r.results.front()); }, false, false, true},
      {"badge", {".svg"}, [](const Report& r, const Options&) { return reports::render_badge(r); }},
      {"shields", {".shields.json"}, [](const Report& r, const Options&) { return reports::render_shields(r); }},
  };
  // clang-format on
}

}  // namespace

const std::vector<Renderer>& renderers() {
  static const std::vector<Renderer> kAll = all();
  return kAll;
}

const Renderer* find_renderer(std::string_view name) {
  const auto found =
      std::find_if(renderers().begin(), renderers().end(), [name](const Renderer& one) { return one.name == name; });
  return found == renderers().end() ? nullptr : &*found;
}

const Renderer* renderer_of_file(std::string_view file) {
  const Renderer* best = nullptr;
  std::size_t length = 0;
  for (const Renderer& one : renderers()) {
    for (const std::string_view ending : one.endings) {
      if (!file.ends_with(ending) || ending.size() <= length) continue;
      best = &one;
      length = ending.size();
    }
  }
  return best;
}

std::string renderer_names() {
  std::string names;
  for (const Renderer& one : renderers()) names += (names.empty() ? "" : ", ") + std::string(one.name);
  return names;
}

std::optional<ReportFile> parse_report_file(const std::string& text) {
  const std::size_t colon = text.find(':');
  ReportFile report;
  if (colon != std::string::npos && colon + 1 < text.size()) {
    report = {find_renderer(text.substr(0, colon)), text.substr(colon + 1)};
  }
  if (report.renderer == nullptr) report = {renderer_of_file(text), text};
  return report.renderer == nullptr ? std::nullopt : std::optional(report);
}

std::string cannot_show(const Renderer& renderer, const reports::Report& report) {
  if (report.results.empty() && !renderer.shows_a_matrix) return "shows results, and there is only a deviation matrix";
  if (report.results.size() > 1 && renderer.shows_one) return "shows one result, and there are more";
  return "";
}

}  // namespace pinproof::program
