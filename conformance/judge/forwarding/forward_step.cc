#include "conformance/judge/forwarding/forward_step.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace pinproof::conformance {
namespace {

using Names = std::span<const std::string_view>;

// What ends at the hop (RFC 9110, 7.6.1). Not Upgrade: a gateway that takes part in one passes it on.
constexpr std::array<std::string_view, 4> kHopByHop{"Proxy-Connection", "Keep-Alive", "TE", "Trailer"};
// Each hop says these for itself: how it frames the body, what becomes of its connection, that it is there (RFC 9110, 7.6.3), and Host,
// which stands in the target as well.
constexpr std::array<std::string_view, 6> kOfTheHop{"Host", "Content-Length", "Transfer-Encoding", "Connection",
                                                    "Via",  "Expect"};

bool is_any_of(Names names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view each) { return sim::same_field_name(each, name); });
}

bool is_control(const Vocabulary& words, std::string_view name) {
  const std::string_view prefix = words.control_prefix;
  return !prefix.empty() && name.size() >= prefix.size() && sim::same_field_name(name.substr(0, prefix.size()), prefix);
}

bool has_control_field(const Vocabulary& words, const sim::Headers& headers) {
  for (const auto field : headers) {
    if (is_control(words, field.name)) return true;
  }
  return false;
}

bool is_credentials(std::string_view name) { return sim::same_field_name(name, "Proxy-Authorization"); }

// Names that the client's Connection calls the hop's own, but for what no sender can take away.
std::vector<std::string_view> named_by_connection(const sim::Headers& headers) {
  std::vector<std::string_view> names;
  for (const auto field : headers) {
    if (!sim::same_field_name(field.name, "Connection")) continue;
    for (std::string_view rest = field.value; !rest.empty();) {
      std::string_view token = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(rest.size(), token.size() + 1));
      while (token.starts_with(' ')) token.remove_prefix(1);
      while (token.ends_with(' ')) token.remove_suffix(1);
      const bool about_connection = sim::same_field_name(token, "close") || sim::same_field_name(token, "keep-alive");
      if (!token.empty() && !about_connection && !is_any_of(kOfTheHop, token)) names.push_back(token);
    }
  }
  return names;
}

// Fields of one name are as good as one whose values are joined (RFC 9110, 5.3).
std::string joined(const sim::Headers& headers, std::string_view name) {
  std::string all;
  bool first = true;
  for (const auto field : headers) {
    if (!sim::same_field_name(field.name, name)) continue;
    if (!first) all += ", ";
    all += field.value;
    first = false;
  }
  return all;
}

std::size_t fields_of(const sim::Headers& headers) {
  std::size_t fields = 0;
  for (auto field = headers.begin(); field != headers.end(); ++field) ++fields;
  return fields;
}

class Comparison {
 public:
  Comparison(const Vocabulary& words, const sim::Headers& sent, const sim::Headers& seen, bool through_tunnel)
      : words_(words), sent_(sent), seen_(seen), through_tunnel_(through_tunnel) {
    if (!through_tunnel_) named_ = named_by_connection(sent);
  }

  std::vector<FieldDifference> differences() {
    const bool compared = fields_of(sent_) <= kFieldsCompared && fields_of(seen_) <= kFieldsCompared;
    for (const auto field : seen_) look_at_seen(field.name, compared);
    if (!compared) return std::move(found_);
    for (const auto field : sent_) look_at_sent(field.name);
    return std::move(found_);
  }

 private:
  bool hop_by_hop(std::string_view name) const {
    return !through_tunnel_ && (is_any_of(kHopByHop, name) || is_any_of(named_, name));
  }
  bool control(std::string_view name) const { return !through_tunnel_ && is_control(words_, name); }

  void add(FieldFault fault, std::string_view name) {
    const bool again = std::any_of(found_.begin(), found_.end(), [&](const FieldDifference& other) {
      return other.fault == fault && sim::same_field_name(other.name, name);
    });
    if (!again) found_.push_back({fault, std::string(name), joined(sent_, name), joined(seen_, name)});
  }

  void look_at_seen(std::string_view name, bool compared) {
    if (is_credentials(name)) return add(FieldFault::kCredentials, name);
    if (control(name)) return add(FieldFault::kControl, name);
    if (hop_by_hop(name)) {
      // One that the client did not send is the exit's own.
      if (sent_.has(name)) add(FieldFault::kHopByHop, name);
      return;
    }
    if (compared && !is_any_of(kOfTheHop, name) && !sent_.has(name)) add(FieldFault::kAdded, name);
  }

  void look_at_sent(std::string_view name) {
    if (is_credentials(name) || control(name) || hop_by_hop(name) || is_any_of(kOfTheHop, name)) return;
    if (!seen_.has(name)) return add(FieldFault::kMissing, name);
    // A history has no secrets, so their values cannot be compared.
    if (sim::same_field_name(name, "Authorization")) return;
    if (joined(sent_, name) != joined(seen_, name)) add(FieldFault::kAltered, name);
  }

  const Vocabulary& words_;
  const sim::Headers& sent_;
  const sim::Headers& seen_;
  bool through_tunnel_;
  std::vector<std::string_view> named_;
  std::vector<FieldDifference> found_;
};

// A gateway that tunnels asks the exit for CONNECT and sees no more; one that intercepts sends on the request itself, or for an https
// URL asks for CONNECT too, and then speaks in the answer inside.
bool through_tunnel(const HistoryHeader& header, const Exchange& exchange) {
  const Observation& seen = exchange.seen;
  if (seen.via != Via::kConnect) return false;
  const bool issued = header.vocabulary.user_name.empty();
  if (issued && has_control_field(header.vocabulary, seen.headers)) return false;
  if (!exchange.upstream_visible) return !header.vocabulary.user_name.empty();
  return std::none_of(exchange.upstream.begin(), exchange.upstream.end(),
                      [](const UpstreamSaw& saw) { return saw.method != "CONNECT"; });
}

}  // namespace

ForwardStep forward_step_of(const HistoryHeader& header, const Exchange& exchange, const OriginSaw& saw) {
  ForwardStep step{header, exchange, saw, through_tunnel(header, exchange), !header.vocabulary.user_name.empty(),
                   false,  {}};
  step.whole = exchange.fate == Fate::kServed && &saw == &exchange.origin.back();
  step.differences = Comparison(header.vocabulary, exchange.seen.sent, saw.headers, step.through_tunnel).differences();
  return step;
}

std::string words_of(const FieldDifference& difference) {
  switch (difference.fault) {
    case FieldFault::kCredentials:
      return fmt::format("the origin saw {}", difference.name);
    case FieldFault::kControl:
      return fmt::format("the origin saw {}, which is for the gateway", difference.name);
    case FieldFault::kHopByHop:
      return fmt::format("the origin saw {}, which ends at the gateway", difference.name);
    case FieldFault::kMissing:
      return fmt::format("{}: {} did not reach the origin", difference.name, difference.sent);
    case FieldFault::kAltered:
      return fmt::format("{}: {} reached the origin as {}", difference.name, difference.sent, difference.seen);
    case FieldFault::kAdded:
      return fmt::format("the origin saw {}: {}, which was not sent", difference.name, difference.seen);
  }
  return {};
}

}  // namespace pinproof::conformance
