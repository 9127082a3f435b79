#include "reports/html/html_writer.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace pinproof::reports {
namespace {

constexpr std::size_t kAnchorMax = 400;  // bytes: a longer id may be cut, and then no link finds it
constexpr std::string_view kLinkEnd = "</a>";

bool stays_in_anchor(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_' || c == '/';
}

}  // namespace

std::string html_text(std::string_view text, std::size_t columns_max) {
  std::string html;
  for (const char c : escape(text, columns_max)) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string html_anchor(std::string_view kind, std::string_view name) {
  std::string anchor = std::string(kind) + "-";
  for (const char c : name) {
    if (stays_in_anchor(c)) {
      anchor += c;
    } else {
      anchor += fmt::format("~{:02x}", static_cast<unsigned char>(c));
    }
  }
  return anchor;
}

void HtmlWriter::begin(std::string_view tag, HtmlAttributes attributes) {
  html_ += '<';
  html_ += tag;
  for (const HtmlAttribute& attribute : attributes) {
    const bool may_be_empty = attribute.name == "alt" || attribute.name == "value";
    if (attribute.value.empty() && !may_be_empty) continue;
    html_ += ' ';
    html_ += attribute.name;
    html_ += "=\"";
    html_ += html_text(attribute.value);
    html_ += '"';
    if (attribute.name == "id" && attribute.value.size() <= kAnchorMax) ids_.insert(attribute.value);
  }
}

void HtmlWriter::open(std::string_view tag, HtmlAttributes attributes) {
  html_ += '\n';
  begin(tag, attributes);
  html_ += '>';
  open_.emplace_back(tag);
}

void HtmlWriter::close() {
  if (open_.empty()) throw std::logic_error("no HTML element is open");
  html_ += "</" + open_.back() + ">";
  open_.pop_back();
}

void HtmlWriter::leaf(std::string_view tag, HtmlAttributes attributes, std::string_view text) {
  begin(tag, attributes);
  html_ += '>';
  html_ += html_text(text);
  html_ += "</";
  html_ += tag;
  html_ += '>';
}

void HtmlWriter::empty(std::string_view tag, HtmlAttributes attributes) {
  begin(tag, attributes);
  html_ += "/>";
}

void HtmlWriter::text(std::string_view text) { html_ += html_text(text); }

void HtmlWriter::link(std::string_view anchor, std::string_view text) {
  Link link{html_.size(), 0, 0, std::string(anchor)};
  begin("a", {{"href", "#" + link.anchor}});
  html_ += '>';
  link.text = html_.size();
  html_ += html_text(text);
  html_ += kLinkEnd;
  link.end = html_.size();
  links_.push_back(std::move(link));
}

void HtmlWriter::append(HtmlWriter part) {
  part.check_closed();
  for (Link& link : part.links_) {
    link.from += html_.size();
    link.text += html_.size();
    link.end += html_.size();
    links_.push_back(std::move(link));
  }
  html_ += part.html_;
  ids_.merge(part.ids_);
}

void HtmlWriter::check_closed() const {
  if (!open_.empty()) throw std::logic_error("an HTML element is still open: " + open_.back());
}

std::string HtmlWriter::take() {
  check_closed();
  std::string page;
  page.reserve(html_.size());
  const std::string_view all = html_;
  std::size_t at = 0;
  for (const Link& link : links_) {
    if (ids_.contains(link.anchor)) continue;
    page += all.substr(at, link.from - at);
    page += "<span>";
    page += all.substr(link.text, link.end - kLinkEnd.size() - link.text);
    page += "</span>";
    at = link.end;
  }
  page += all.substr(at);
  *this = HtmlWriter();
  return page;
}

}  // namespace pinproof::reports
