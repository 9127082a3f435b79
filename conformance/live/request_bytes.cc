#include "conformance/live/request_bytes.h"

#include <cctype>
#include <utility>

#include "mock_upstream/wire/write.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kGarbage = "\x16\x03 this is no HTTP\r\n\r\n";
constexpr std::size_t kFieldBytes = 8UL << 10U;

bool is_chunked(const sim::Headers& headers) {
  const auto coding = headers.find("Transfer-Encoding");
  if (!coding) return false;
  constexpr std::string_view kChunked = "chunked";
  return coding->size() >= kChunked.size() &&
         sim::same_field_name(coding->substr(coding->size() - kChunked.size()), kChunked);
}

void append_body(std::string& out, const WireRequest& request, bool chunked) {
  if (!chunked) {
    out += request.body;
    return;
  }
  mock_upstream::append_chunk(out, request.body);
  mock_upstream::append_last_chunk(out);
}

sim::RequestHead framed(const WireRequest& request) {
  sim::RequestHead head = request.head;
  const bool says = head.headers.has("Content-Length") || head.headers.has("Transfer-Encoding");
  if (!request.body.empty() && !says) head.headers.add_number("Content-Length", request.body.size());
  return head;
}

}  // namespace

std::string bytes_of(const WireRequest& request) {
  sim::RequestHead head = framed(request);
  std::string out;
  switch (request.shape) {
    case RequestShape::kSound:
      mock_upstream::append_head(out, head);
      append_body(out, request, is_chunked(head.headers));
      return out;
    case RequestShape::kGarbage:
      return std::string(kGarbage);
    case RequestShape::kTwoLengths:
      if (!head.headers.has("Content-Length")) head.headers.add("Content-Length", "5");
      if (!head.headers.has("Transfer-Encoding")) head.headers.add("Transfer-Encoding", "chunked");
      mock_upstream::append_head(out, head);
      append_body(out, request, true);
      return out;
    case RequestShape::kHeadTooLarge:
      for (std::size_t bytes = 0; bytes < kTooLargeBytes; bytes += kFieldBytes) {
        head.headers.add("X-Padding", std::string(kFieldBytes, 'p'));
      }
      mock_upstream::append_head(out, head);
      append_body(out, request, false);
      return out;
    case RequestShape::kHalfHead:
      mock_upstream::append_head(out, head);
      out.resize(out.size() / 2);
      return out;
  }
  return out;
}

}  // namespace pinproof::conformance
