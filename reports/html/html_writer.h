// HTML and SVG as they are written: the one way in which the HTML report puts words out, so that nothing hostile can go round it. Text and
// attributes are escaped here, and what would not show as itself is spelled out (reports/escape.h); tags and the names of attributes are the
// house's own, never data.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reports/escape.h"

namespace pinproof::reports {

struct HtmlAttribute {
  std::string_view name;
  std::string value;  // anything; one that is empty is left out, but for alt and value
};

using HtmlAttributes = std::initializer_list<HtmlAttribute>;

/// `text` as it may stand between tags or between the quotes of an attribute.
std::string html_text(std::string_view text, std::size_t columns_max = kEscapedColumnsMax);

/// An id that is stable, unlike those of any other kind and name, and fit for a URL's fragment: "requirement-H-PIN-2". Letters, digits, '.', '-',
/// '_' and '/' of the name stay; every other byte is "~" and two hex digits.
std::string html_anchor(std::string_view kind, std::string_view name);

class HtmlWriter {
 public:
  /// <tag …>, on a line of its own.
  void open(std::string_view tag, HtmlAttributes attributes = {});
  /// </tag> of what was opened last and is open.
  void close();
  /// <tag …>text</tag>
  void leaf(std::string_view tag, HtmlAttributes attributes, std::string_view text);
  void leaf(std::string_view tag, std::string_view text) { leaf(tag, {}, text); }
  void leaf_unless_empty(std::string_view tag, HtmlAttributes attributes, std::string_view text) {
    if (!text.empty()) leaf(tag, attributes, text);
  }
  /// <tag … />, for elements without content.
  void empty(std::string_view tag, HtmlAttributes attributes = {});
  void text(std::string_view text);
  /// <a href="#anchor">text</a> where the finished page has an element with that id, and otherwise the bare text: what is left out of a page
  /// for its size can be spoken of anywhere, and no link leads nowhere.
  void link(std::string_view anchor, std::string_view text);
  /// What another writer wrote, with its ids and links; every element of it has to be closed.
  void append(HtmlWriter part);
  /// As it is: for the house's own style sheet and script, which no data reaches.
  void verbatim(std::string_view text) { html_ += text; }

  std::size_t size() const { return html_.size(); }
  /// All of it; every element has to be closed.
  std::string take();

 private:
  struct Link {
    std::size_t from = 0;  // of the start tag
    std::size_t text = 0;
    std::size_t end = 0;  // behind the end tag
    std::string anchor;
  };

  void begin(std::string_view tag, HtmlAttributes attributes);
  void check_closed() const;

  std::string html_;
  std::set<std::string> ids_;
  std::vector<Link> links_;
  std::vector<std::string> open_;
};

/// An element that closes where its scope ends.
class HtmlElement {
 public:
  HtmlElement(HtmlWriter& writer, std::string_view tag, HtmlAttributes attributes = {}) : writer_(writer) {
    writer_.open(tag, attributes);
  }
  ~HtmlElement() { writer_.close(); }
  HtmlElement(const HtmlElement&) = delete;
  HtmlElement& operator=(const HtmlElement&) = delete;

 private:
  HtmlWriter& writer_;
};

}  // namespace pinproof::reports
