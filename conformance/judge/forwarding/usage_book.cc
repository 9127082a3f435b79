#include "conformance/judge/forwarding/usage_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace pinproof::conformance {
namespace {

constexpr const char* kBytesUsed = "bytes_used";  // of a listed session, as documented

std::string key_of(const std::string& account, const std::string& session) { return account + '\n' + session; }

std::string field_of(const Vocabulary& words, std::string_view part) {
  const auto found =
      std::find_if(words.listed.begin(), words.listed.end(), [&](const auto& entry) { return entry.first == part; });
  return found == words.listed.end() ? std::string() : found->second;
}

std::optional<std::uint64_t> number_in(const ListedSession& session, const char* field) {
  const auto found = session.fields.find(field);
  if (found == session.fields.end()) return std::nullopt;
  std::uint64_t number = 0;
  const std::string& text = found->second;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

void UsageBook::begin(Usage& usage, const Exchange& exchange, const Asked& asked) const {
  usage.sure = 0;
  usage.began_at = exchange.seen.sent_at;
  usage.ends_at = exchange.seen.sent_at + asked.window - 2 * header_.tolerance;
  usage.deletions = deletions_;
}

void UsageBook::add(const Exchange& exchange, const Asked& asked) {
  const Observation& seen = exchange.seen;
  if (usages_.size() >= kNamesMax) usages_.clear();
  key_.assign(seen.account).append(1, '\n').append(asked.session);
  const auto [entry, fresh] = usages_.try_emplace(key_);
  Usage& usage = entry->second;
  if (fresh) usage.user_name = seen.user_name;
  if (usage.user_name != seen.user_name) usage.several_names = true;
  const bool perhaps_new = seen.answered_at >= usage.ends_at || exchange.announced || usage.deletions != deletions_;
  if (fresh || perhaps_new) begin(usage, exchange, asked);

  ++usage.requests;
  usage.last_end = std::max(usage.last_end, seen.ended_at);
  const std::uint64_t down = std::max(seen.body_bytes, seen.body_declared.value_or(0));
  // Each try may have cost what was sent.
  const auto tries = std::count_if(exchange.upstream.begin(), exchange.upstream.end(),
                                   [](const UpstreamSaw& saw) { return saw.event == UpstreamEvent::kForwarded; });
  usage.possible += seen.sent_bytes * static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(tries, 1)) + down;
  usage.anything = usage.anything || exchange.fate == Fate::kUnknown;
  // The bytes of a tunnel are known, and billed, when it closes.
  if (exchange.fate == Fate::kServed && seen.via == Via::kPlain) usage.sure += seen.sent_bytes + seen.body_bytes;
}

void UsageBook::judge(const ApiCall& call, Holdings& holdings) {
  if (call.operation == ApiOperation::kDelete) ++deletions_;
  if (call.operation != ApiOperation::kList || call.malformed) return;
  const std::string field = field_of(header_.vocabulary, "session");
  if (field.empty()) return;
  std::map<std::string_view, int> rows;
  for (const ListedSession& session : call.listed) {
    if (const auto id = session.fields.find(field); id != session.fields.end()) ++rows[id->second];
  }
  for (const ListedSession& session : call.listed) {
    const auto id = session.fields.find(field);
    const auto billed = number_in(session, kBytesUsed);
    if (id == session.fields.end() || !billed || rows[id->second] > 1) continue;
    const auto usage = usages_.find(key_of(call.account, id->second));
    if (usage != usages_.end() && !usage->second.several_names) judge(usage->second, call, *billed, holdings);
  }
}

void UsageBook::judge(const Usage& usage, const ApiCall& call, std::uint64_t billed, Holdings& holdings) const {
  const std::uint64_t overhead = static_cast<std::uint64_t>(header_.promised.byte_overhead_max) * usage.requests;
  if (!usage.anything && billed > usage.possible + overhead) {
    return broken(holdings, "H-NOT-1",
                  fmt::format("the list bills {} bytes, and no more than {} went through in {} requests", billed,
                              usage.possible, usage.requests));
  }
  // At one instant only the order of the heads is known, and an answer may be held in its middle.
  const bool all_ended = usage.last_end < call.sent_at;
  const bool same_session = call.answered_at < usage.ends_at && all_ended && usage.deletions == deletions_;
  if (!same_session) return;
  if (billed + overhead < usage.sure) {
    return broken(holdings, "H-NOT-1", fmt::format("the list bills {} bytes, and {} went through", billed, usage.sure));
  }
  held(holdings, "H-NOT-1");
}

}  // namespace pinproof::conformance
