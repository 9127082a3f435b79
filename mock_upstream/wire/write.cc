#include "mock_upstream/wire/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace pinproof::mock_upstream {
namespace {

void append_clean(std::string& out, std::string_view text) {
  const auto begin = out.size();
  out.append(text);
  std::replace_if(
      out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(),
      [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
}

void append_fields(std::string& out, const sim::Headers& headers) {
  for (const auto field : headers) {
    append_clean(out, field.name);
    out.append(": ");
    append_clean(out, field.value);
    out.append("\r\n");
  }
  out.append("\r\n");
}

}  // namespace

void append_head(std::string& out, const sim::RequestHead& head) {
  append_clean(out, head.method);
  out.push_back(' ');
  append_clean(out, head.target);
  out.append(" HTTP/1.1\r\n");
  append_fields(out, head.headers);
}

void append_head(std::string& out, const sim::ResponseHead& head) {
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", head.status, sim::reason_phrase(head.status));
  append_fields(out, head.headers);
}

void append_chunk(std::string& out, std::string_view piece) {
  if (piece.empty()) return;
  fmt::format_to(std::back_inserter(out), "{:x}\r\n", piece.size());
  out.append(piece).append("\r\n");
}

void append_last_chunk(std::string& out) { out.append("0\r\n\r\n"); }

}  // namespace pinproof::mock_upstream
