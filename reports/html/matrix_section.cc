#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/html/html_sections.h"
#include "reports/html/html_words.h"

namespace pinproof::reports {
namespace {

constexpr std::size_t kScenariosShown = 3;  // that kill a gateway; the rest are counted

// Pixels of the overview.
constexpr double kLabels = 76;
constexpr double kColumn = 4.5;
constexpr double kRow = 15;

struct OutcomeStyle {
  std::string_view outcome;
  std::string_view word;
  std::string_view verdict;  // whose symbol and colour it has
};

constexpr OutcomeStyle kOutcomes[] = {{"killed", "found", "pass"},
                                      {"killed_by_others", "blamed on another promise", "fail"},
                                      {"survived", "not found", "fail"},
                                      {"passed", "passes", "pass"},
                                      {"not_passed", "does not pass", "fail"}};

const OutcomeStyle& style_of_outcome(std::string_view outcome) {
  for (const OutcomeStyle& style : kOutcomes) {
    if (style.outcome == outcome) return style;
  }
  return kOutcomes[2];
}

void write_outcome(HtmlWriter& page, const MatrixGateway& gateway) {
  const OutcomeStyle& style = style_of_outcome(gateway.outcome);
  const VerdictStyle verdict = style_of(style.verdict);
  const HtmlElement badge(page, "span", {{"class", "badge " + tone_class(style.verdict)}});
  page.leaf("span", {{"class", "symbol"}, {"aria-hidden", "true"}}, verdict.symbol);
  page.text(" " + std::string(style.word));
}

std::vector<std::string> requirements_of(const Matrix& matrix) {
  std::vector<std::string> ids;
  const auto add = [&ids](const std::string& id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  };
  for (const MatrixGateway& gateway : matrix.wrong) add(gateway.requirement);
  for (const MatrixGateway& gateway : matrix.wrong) {
    for (const std::string& id : gateway.others) add(id);
  }
  return ids;
}

/// A row for each promise, a column for each wrong gateway: a full mark where the promise that it breaks failed, a small one where another failed
/// beside it. A suite that can tell shows a staircase and little else.
class Overview {
 public:
  Overview(HtmlWriter& page, const Matrix& matrix) : page_(page) {
    ids_ = requirements_of(matrix);
    for (std::size_t i = 0; i < ids_.size(); ++i) row_.emplace(ids_[i], i);
    for (const MatrixGateway& gateway : matrix.wrong) columns_.push_back(&gateway);
    std::stable_sort(columns_.begin(), columns_.end(), [this](const auto* left, const auto* right) {
      return row_.at(left->requirement) < row_.at(right->requirement);
    });
  }

  void draw() {
    const HtmlElement scroll(
        page_, "div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Deviation matrix"}});
    const double width = kLabels + kColumn * static_cast<double>(columns_.size());
    const HtmlElement svg(page_, "svg",
                          {{"class", "matrix"},
                           {"role", "img"},
                           {"width", fmt::format("{:g}", width)},
                           {"height", fmt::format("{:g}", kRow * static_cast<double>(ids_.size()))},
                           {"aria-label", fmt::format("{} against {}: the table below says the same in words",
                                                      counted(columns_.size(), "wrong gateway", "wrong gateways"),
                                                      counted(ids_.size(), "promise", "promises"))}});
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      const double middle = kRow * (static_cast<double>(i) + 0.5);
      page_.leaf("text", {{"x", "0"}, {"y", fmt::format("{:g}", middle)}}, ids_[i]);
      page_.empty("line", {{"x1", fmt::format("{:g}", kLabels)},
                           {"x2", fmt::format("{:g}", width)},
                           {"y1", fmt::format("{:g}", middle)},
                           {"y2", fmt::format("{:g}", middle)}});
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) draw(*columns_[i], static_cast<double>(i));
  }

 private:
  void draw(const MatrixGateway& gateway, double column) {
    mark(column, gateway.requirement, gateway.outcome == "killed" ? "hit" : "miss", kRow - 3,
         gateway.id + ", " + gateway.requirement + ": " + std::string(style_of_outcome(gateway.outcome).word));
    for (const std::string& other : gateway.others)
      mark(column, other, "beside", 4, gateway.id + ": " + other + " failed too");
  }

  void mark(double column, const std::string& requirement, std::string_view name, double height,
            const std::string& title) {
    const double y = kRow * (static_cast<double>(row_.at(requirement)) + 0.5);
    const HtmlElement rect(page_, "rect",
                           {{"class", std::string(name)},
                            {"x", fmt::format("{:g}", kLabels + kColumn * column)},
                            {"y", fmt::format("{:g}", y - height / 2)},
                            {"width", fmt::format("{:g}", kColumn - 0.5)},
                            {"height", fmt::format("{:g}", height)}});
    page_.leaf("title", title);
  }

  HtmlWriter& page_;
  std::vector<std::string> ids_;
  std::map<std::string, std::size_t> row_;
  std::vector<const MatrixGateway*> columns_;
};

void write_overview(HtmlWriter& page, const Matrix& matrix) {
  if (matrix.wrong.empty()) return;
  const HtmlElement figure(page, "figure", {{"class", "matrix-figure"}});
  page.leaf(
      "figcaption",
      "Each column is a gateway that is wrong in one way. A tall mark: the promise that it breaks was found broken. A "
      "small one: another promise failed beside it.");
  Overview(page, matrix).draw();
}

void write_scenarios_of(HtmlWriter& page, const std::vector<MatrixScenario>& scenarios) {
  for (std::size_t i = 0; i < std::min(scenarios.size(), kScenariosShown); ++i) {
    if (i > 0) page.text(", ");
    page.text(scenarios[i].id);
  }
  if (scenarios.size() > kScenariosShown) page.text(fmt::format(" and {} more", scenarios.size() - kScenariosShown));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "none" : text;
}

void write_row(HtmlWriter& page, const MatrixGateway& gateway) {
  const HtmlElement row(page, "tr", {{"id", html_anchor("deviation", gateway.id)}});
  {
    const HtmlElement cell(page, "th", {{"scope", "row"}});
    page.text(gateway.title);
    page.leaf("span", {{"class", "under"}}, gateway.id);
  }
  if (!gateway.requirement.empty()) page.leaf("td", gateway.requirement);
  {
    const HtmlElement cell(page, "td");
    write_outcome(page, gateway);
  }
  page.leaf("td", joined(gateway.others));
  const HtmlElement cell(page, "td");
  write_scenarios_of(page, gateway.scenarios);
  for (const MatrixScenario& error : gateway.harness_errors)
    page.leaf("p", {{"class", "reason tone-bad"}}, error.id + ": " + error.reason);
}

void write_table(HtmlWriter& page, std::string_view caption, const std::vector<MatrixGateway>& gateways, bool wrong) {
  if (gateways.empty()) return;
  const HtmlElement scroll(page, "div", {{"class", "scroll"}});
  const HtmlElement table(page, "table");
  page.leaf("caption", caption);
  {
    const HtmlElement head(page, "thead");
    const HtmlElement row(page, "tr");
    page.leaf("th", {{"scope", "col"}}, "Gateway");
    if (wrong) page.leaf("th", {{"scope", "col"}}, "Breaks");
    page.leaf("th", {{"scope", "col"}}, "Outcome");
    page.leaf("th", {{"scope", "col"}}, wrong ? "Failed beside it" : "Failed");
    page.leaf("th", {{"scope", "col"}}, wrong ? "Found in" : "Not passed");
  }
  const HtmlElement body(page, "tbody");
  for (const MatrixGateway& gateway : gateways) write_row(page, gateway);
}

}  // namespace

void write_matrix(HtmlWriter& page, const Matrix& matrix) {
  const HtmlElement section(page, "section", {{"id", "deviations"}});
  page.leaf("h2", "Can the suite tell?");
  const auto found = std::count_if(matrix.wrong.begin(), matrix.wrong.end(),
                                   [](const MatrixGateway& one) { return one.outcome == "killed"; });
  const auto passed = std::count_if(matrix.right.begin(), matrix.right.end(),
                                    [](const MatrixGateway& one) { return one.outcome == "passed"; });
  page.leaf(
      "p", {{"class", "lead"}},
      fmt::format("{} of {} that are wrong on purpose were found, each by the promise that it breaks; {} of {} that "
                  "are right passed.",
                  grouped(static_cast<std::uint64_t>(found)), counted(matrix.wrong.size(), "gateway", "gateways"),
                  grouped(static_cast<std::uint64_t>(passed)), grouped(matrix.right.size())));
  page.leaf(
      "p", fmt::format("{} in the suite, pinproof {}, seed {}.{}{}", counted(matrix.scenarios, "scenario", "scenarios"),
                       matrix.version, matrix.seed, matrix.complete ? "" : " Interrupted: this is what was gathered.",
                       matrix.whole ? "" : " Only some of the gateways were tried."));
  write_overview(page, matrix);
  const HtmlElement details(page, "details", {{"class", "plain"}});
  page.leaf("summary", "Every gateway in a table");
  write_table(page, "Gateways that are wrong on purpose", matrix.wrong, true);
  write_table(page, "Gateways that keep their promises", matrix.right, false);
  if (!matrix.requirements_unkilled.empty())
    page.leaf("p", "Promises that no wrong gateway was found by: " + joined(matrix.requirements_unkilled) + ".");
  if (!matrix.idle_scenarios.empty())
    page.leaf("p", "Scenarios that found no wrong gateway: " + joined(matrix.idle_scenarios) + ".");
}

}  // namespace pinproof::reports
