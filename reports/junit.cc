#include "reports/junit.h"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/case_list.h"
#include "reports/date.h"

namespace pinproof::reports {
namespace {

/// Jenkins and GitLab take "[[ATTACHMENT|path]]" in the text of a case for a file to fetch and show. A target must not choose one.
std::string without_attachments(std::string text) {
  for (std::size_t at = 0; (at = text.find("[[", at)) != std::string::npos; at += 2) text.replace(at, 2, "[ [");
  return text;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text = "\n";
  for (const std::string& line : lines) text += line + "\n";
  return without_attachments(std::move(text));
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(without_attachments(value).c_str());
}

const char* element_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kFailed:
      return "failure";
    case Outcome::kError:
      return "error";
    case Outcome::kSkipped:
    case Outcome::kKnown:
      return "skipped";
    case Outcome::kPassed:
      break;
  }
  return nullptr;
}

void append(pugi::xml_node parent, const Suite& suite, const Case& one) {
  pugi::xml_node node = parent.append_child("testcase");
  set(node, "classname", suite.name);
  set(node, "name", one.name);
  if (!one.file.empty()) set(node, "file", one.file);
  const bool has_own_text = one.outcome == Outcome::kFailed || one.outcome == Outcome::kError;
  if (const char* const element = element_of(one.outcome)) {
    pugi::xml_node verdict = node.append_child(element);
    if (has_own_text) set(verdict, "type", one.verdict);
    set(verdict, "message", one.reason);
    if (has_own_text) verdict.text().set(joined(one.detail).c_str());
  }
  if (!has_own_text && !one.detail.empty()) node.append_child("system-out").text().set(joined(one.detail).c_str());
}

void append(pugi::xml_node parent, const Suite& suite, const std::string& stamp) {
  pugi::xml_node node = parent.append_child("testsuite");
  set(node, "name", suite.name);
  set(node, "tests", fmt::format("{}", suite.size()));
  set(node, "failures", fmt::format("{}", suite.count(Outcome::kFailed)));
  set(node, "errors", fmt::format("{}", suite.count(Outcome::kError)));
  set(node, "skipped", fmt::format("{}", suite.count(Outcome::kSkipped) + suite.count(Outcome::kKnown)));
  if (!stamp.empty()) set(node, "timestamp", stamp);
  for (const Case& one : suite.cases) append(node, suite, one);
}

}  // namespace

std::string render_junit(const Report& report) {
  const CaseList list = case_list(report);
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node root = document.append_child("testsuites");
  set(root, "name", "pinproof");
  set(root, "tests", fmt::format("{}", list.size()));
  set(root, "failures", fmt::format("{}", list.count(Outcome::kFailed)));
  set(root, "errors", fmt::format("{}", list.count(Outcome::kError)));
  set(root, "skipped", fmt::format("{}", list.count(Outcome::kSkipped) + list.count(Outcome::kKnown)));
  double seconds = 0;
  for (const Result& result : report.results) seconds += result.header.wall_seconds;
  set(root, "time", fmt::format("{:.3f}", seconds));
  // The dialect's time stamps have no zone.
  std::string stamp = report.results.empty() ? "" : report.results.front().header.date;
  stamp = is_date(stamp) ? stamp.substr(0, stamp.size() - 1) : "";
  for (const Suite& suite : list.suites) append(root, suite, stamp);
  std::ostringstream text;
  document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
  return std::move(text).str();
}

}  // namespace pinproof::reports
