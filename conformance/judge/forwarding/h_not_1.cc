// H-NOT-1: what the gateway says it billed agrees with the bytes that went through, within the overhead a request: in the usage headers of
// an answer, and in the list of sessions (usage_book.h), in a session as outside one.
#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "conformance/judge/forwarding/forwarding_rules.h"

namespace pinproof::conformance {
namespace {

// True when the field is there and agrees; says so where it does not.
bool agrees(const HistoryHeader& header, const sim::Headers& said, const std::string& field, std::uint64_t went,
            Holdings& holdings) {
  const auto value = field.empty() ? std::nullopt : said.find(field);
  if (!value) return false;
  std::uint64_t billed = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), billed);
  if (error != std::errc{} || end != value->data() + value->size()) {
    broken(holdings, "H-NOT-1", fmt::format("{} is \"{}\", which is no number of bytes", field, *value));
    return false;
  }
  const std::uint64_t off = billed > went ? billed - went : went - billed;
  if (off <= static_cast<std::uint64_t>(header.promised.byte_overhead_max)) return true;
  broken(holdings, "H-NOT-1", fmt::format("{} is {}, and {} bytes went through", field, billed, went));
  return false;
}

}  // namespace

void h_not_1_of_answer(const HistoryHeader& header, const Exchange& exchange, Holdings& holdings) {
  const Observation& seen = exchange.seen;
  // Through a tunnel the gateway's only head comes before any byte.
  if (exchange.fate != Fate::kServed || seen.via == Via::kConnect) return;
  const Vocabulary& words = header.vocabulary;
  const bool in = agrees(header, seen.headers, words.bytes_in, seen.body_bytes, holdings);
  const bool out = agrees(header, seen.headers, words.bytes_out, seen.sent_bytes, holdings);
  if ((in || out) && holdings.empty()) held(holdings, "H-NOT-1");
}

}  // namespace pinproof::conformance
