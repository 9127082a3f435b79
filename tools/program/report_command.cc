#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "reports/compare.h"
#include "reports/matrix_json.h"
#include "reports/report.h"
#include "reports/result_json.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/output_places.h"
#include "tools/program/renderers.h"
#include "tools/program/run_outputs.h"
#include "tools/program/subcommands.h"
#include "tools/program/timelines.h"

namespace pinproof::program {
namespace {

namespace fs = std::filesystem;

/// A result with tens of thousands of verdicts has tens of megabytes; what is larger is something else.
constexpr std::size_t kResultTextMax = 256U << 20U;

/// What is wrong with what the user gave, as one line.
struct BadInput {
  std::string message;
};

std::string text_of_file(const std::string& file) {
  std::error_code error;
  if (fs::is_directory(file, error)) throw BadInput{file + ": found a folder, expected a result"};
  std::ifstream in(file, std::ios::binary);
  if (!in) throw BadInput{file + ": found nothing that can be read, expected a result"};
  std::string text;
  std::vector<char> piece(1U << 16U);
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > kResultTextMax) throw BadInput{file + ": found more than 256 MiB, expected a result"};
  }
  return text;
}

template <class T>
T value_of(std::variant<T, reports::ResultError> parsed, const std::string& file) {
  if (const auto* const error = std::get_if<reports::ResultError>(&parsed)) {
    throw BadInput{file + ": " + error->message()};
  }
  return std::get<T>(std::move(parsed));
}

/// Results, in the order of their files; `folders` are where their histories are looked for.
reports::Report read_files(const std::vector<std::string>& files, std::vector<fs::path>& folders) {
  reports::Report report;
  for (const std::string& file : files) {
    const std::string text = text_of_file(file);
    if (!reports::is_matrix(text)) {
      report.results.push_back(value_of(reports::parse_result(text), file));
      folders.push_back(fs::path(file).parent_path());
    } else if (report.matrix) {
      throw BadInput{file + ": found a second deviation matrix, expected at most one"};
    } else {
      report.matrix = value_of(reports::parse_matrix(text), file);
    }
  }
  return report;
}

void compare_with(const std::string& file, reports::Report& report) {
  if (report.results.size() != 1) throw BadInput{"--compare is for one result, and not for several or none"};
  const std::string text = text_of_file(file);
  report.comparison = reports::compare(value_of(reports::parse_result(text), file), report.results.front());
}

const Renderer& renderer_for(const ReportOptions& options) {
  const Renderer* const renderer = !options.format.empty() ? find_renderer(options.format)
                                   : options.out.empty()   ? find_renderer("markdown")
                                                           : renderer_of_file(options.out);
  if (renderer == nullptr) {
    throw BadInput{"--out: found " + options.out + ", whose ending says no format, expected --format with one of " +
                   renderer_names()};
  }
  return *renderer;
}

void add_timelines(const std::vector<fs::path>& folders, reports::Report& report, Streams& streams) {
  const Data data = load_data();
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    TimelineReading reading = read_timelines(report.results[i], i, folders[i], data.catalogue);
    for (const std::string& complaint : reading.complaints) complain(streams, complaint);
    for (reports::Timeline& timeline : reading.timelines) report.timelines.push_back(std::move(timeline));
  }
}

/// Why nothing can be written to --out; "" where it can: the inputs and their histories stay as they are.
std::string wrong_with_out(const ReportOptions& options, const reports::Report& report,
                           const std::vector<fs::path>& folders) {
  if (options.out.empty()) return "";
  if (std::string wrong = wrong_with_place("--out", options.out); !wrong.empty()) return wrong;
  OutputPlaces places;
  for (const std::string& file : options.files) places.keep(file, "what the report is made of");
  places.keep(options.compare, "the result of --compare");
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    for (const reports::HistoryFile& history : report.results[i].histories)
      places.keep((folders[i] / history.file).string(), "a history of the result");
  }
  return places.take("--out", options.out, "");
}

/// What was asked for and would not be seen.
std::string would_be_lost(const ReportOptions& options, const Renderer& renderer) {
  const std::string name(renderer.name);
  if (options.is_short && !renderer.has_short_form) return "--short is for markdown: " + name + " has no short form";
  if (!options.compare.empty() && !renderer.shows_a_comparison) return "--compare: " + name + " shows no comparison";
  return "";
}

}  // namespace

int run(const ReportOptions& options, Streams& streams) {
  try {
    const Renderer& renderer = renderer_for(options);
    if (const std::string lost = would_be_lost(options, renderer); !lost.empty()) return refuse(streams, lost);
    std::vector<fs::path> folders;
    reports::Report report = read_files(options.files, folders);
    if (!options.compare.empty()) compare_with(options.compare, report);
    if (const std::string cannot = cannot_show(renderer, report); !cannot.empty()) {
      return refuse(streams, std::string(renderer.name) + " " + cannot);
    }
    if (const std::string wrong = wrong_with_out(options, report, folders); !wrong.empty())
      return refuse(streams, wrong);
    if (renderer.draws_timelines) add_timelines(folders, report, streams);
    const RenderOptions render{options.is_short};
    if (options.out.empty()) {
      streams.out << renderer.render(report, render);
      return kNothingUnexpected;
    }
    return write_reports({{&renderer, options.out}}, report, render, streams) ? kNothingUnexpected : kCouldNotRun;
  } catch (const BadInput& bad) {
    return refuse(streams, bad.message);
  }
}

}  // namespace pinproof::program
