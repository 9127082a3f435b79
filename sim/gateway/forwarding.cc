#include "sim/gateway/forwarding.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace pinproof::sim {
namespace {

// RFC 9110, 7.6.1, and what it says intermediaries remove whether or not Connection names it.
constexpr std::array<std::string_view, 7> kHopByHop = {"Connection", "Proxy-Connection",  "Keep-Alive", "TE",
                                                       "Trailer",    "Transfer-Encoding", "Upgrade"};

bool starts_with_field_name(std::string_view name, std::string_view prefix) {
  return name.size() >= prefix.size() && same_field_name(name.substr(0, prefix.size()), prefix);
}

// What a message is for and where it ends is not for a sender to take away by calling it the hop's own.
constexpr std::array<std::string_view, 2> kNeverHopByHop = {"Host", "Content-Length"};

bool is_any_of(std::span<const std::string_view> names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](auto each) { return same_field_name(each, name); });
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Which fields of a head go no further than this hop. The names that Connection lists are sorted once, since a hostile head has thousands
// of them and of fields.
class HopByHop {
 public:
  explicit HopByHop(const Headers& headers) {
    for (const auto field : headers) {
      if (!same_field_name(field.name, "Connection")) continue;
      for (std::string_view rest = field.value; !rest.empty();) {
        const std::string_view token = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), token.size() + 1));
        named_.push_back(trimmed(token));
      }
    }
    std::sort(named_.begin(), named_.end(), field_name_less);
  }

  bool has(std::string_view name) const {
    if (is_any_of(kHopByHop, name)) return true;
    return std::binary_search(named_.begin(), named_.end(), name, field_name_less) && !is_any_of(kNeverHopByHop, name);
  }

 private:
  std::vector<std::string_view> named_;
};

bool has_prefix(const ForwardingRules& rules, std::string_view name) {
  return std::any_of(rules.stripped_prefixes.begin(), rules.stripped_prefixes.end(),
                     [name](const std::string& prefix) { return starts_with_field_name(name, prefix); });
}

}  // namespace

RequestHead forwarded_request(const ForwardingRules& rules, const RequestHead& head) {
  const HopByHop hop_by_hop(head.headers);
  RequestHead forwarded;
  forwarded.method = head.method;
  forwarded.target = head.target;
  for (const auto field : head.headers) {
    const bool stripped = std::any_of(rules.stripped.begin(), rules.stripped.end(),
                                      [&](const std::string& name) { return same_field_name(name, field.name); });
    if (stripped || has_prefix(rules, field.name) || (!rules.hop_by_hop && hop_by_hop.has(field.name))) continue;
    forwarded.headers.add(field.name, field.value);
  }
  for (const SetField& field : rules.set) {
    forwarded.headers.remove(field.name);
    forwarded.headers.add(field.name, field.value);
  }
  return forwarded;
}

ResponseHead relayed_response(const ForwardingRules& rules, const ResponseHead& head, const Headers& added,
                              bool connect) {
  ResponseHead relayed;
  relayed.status = head.status;
  if (!connect) {
    const HopByHop hop_by_hop(head.headers);
    for (const auto field : head.headers) {
      if (has_prefix(rules, field.name) || hop_by_hop.has(field.name)) continue;
      relayed.headers.add(field.name, field.value);
    }
  }
  relayed.headers.add_all(added);
  return relayed;
}

}  // namespace pinproof::sim
