#include "conformance/gateway_server/answers.h"

#include "mock_upstream/wire/write.h"

namespace pinproof::conformance {

using mock_upstream::BodyFraming;

BodyFraming framing_to_client(const mock_upstream::HeadFacts& facts, int status, const AskedBy& asked,
                              bool length_withheld) {
  const bool bodiless = asked.head_only || status == 204 || status == 304;
  if (bodiless) return BodyFraming::kNone;
  const bool length_known = facts.framing == BodyFraming::kNone || facts.framing == BodyFraming::kLength;
  if (length_known && !length_withheld) return facts.framing;
  return asked.http_1_1 ? BodyFraming::kChunked : BodyFraming::kUntilClose;
}

void append_answer_head(std::string& out, sim::ResponseHead& head, BodyFraming framing, bool kept,
                        const AskedBy& asked) {
  if (framing == BodyFraming::kChunked) head.headers.add("Transfer-Encoding", "chunked");
  if (!kept) head.headers.add("Connection", "close");
  if (kept && !asked.http_1_1) head.headers.add("Connection", "keep-alive");
  mock_upstream::append_head(out, head);
}

void append_own_answer(std::string& out, sim::ResponseHead& head, std::string_view body, bool kept,
                       const AskedBy& asked) {
  const bool length_said = head.status == 204 || head.headers.has("Content-Length");
  if (!length_said) head.headers.add_number("Content-Length", body.size());
  append_answer_head(out, head, BodyFraming::kNone, kept, asked);
  if (!asked.head_only && head.status != 204) out.append(body);
}

}  // namespace pinproof::conformance
