#include "sim/gateway/user_name.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace pinproof::sim {
namespace {

std::string_view& field_of(ProxyUser& user, SegmentMeaning meaning) {
  switch (meaning) {
    case SegmentMeaning::kType:
      return user.type;
    case SegmentMeaning::kRegion:
      return user.region;
    case SegmentMeaning::kState:
      return user.state;
    case SegmentMeaning::kCity:
      return user.city;
    case SegmentMeaning::kAsn:
      return user.asn;
    case SegmentMeaning::kSession:
      return user.session;
    case SegmentMeaning::kMinutes:
      return user.minutes;
  }
  return user.session;
}

// Cuts the text up to the next '-' off the front. A '-' at the very end leaves an empty token to come.
std::string_view take_token(std::string_view& rest, bool& more) {
  const auto dash = static_cast<std::size_t>(std::find(rest.begin(), rest.end(), '-') - rest.begin());
  const std::string_view token = rest.substr(0, dash);
  more = dash != rest.size();
  rest.remove_prefix(more ? dash + 1 : rest.size());
  return token;
}

template <class Number>
bool read_number(std::string_view digits, Number& number) {
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc{} && end == digits.data() + digits.size();
}

}  // namespace

ExitFilter ProxyUser::filter() const {
  ExitFilter wanted;
  if (!type.empty()) wanted.type = parse_exit_type(type);
  wanted.region = region;
  wanted.state = state;
  wanted.city = city;
  std::uint32_t number = 0;
  // A number no exit can have matches none, as it should.
  if (!asn.empty()) wanted.asn = read_number(asn, number) ? number : std::numeric_limits<std::uint32_t>::max();
  return wanted;
}

UserNameGrammar::UserNameGrammar(const UserNameRules& names, const WindowRules& window, const ErrorReplies& errors)
    : names_(names),
      window_(window),
      errors_(errors),
      account_characters_(names.account_characters),
      regions_(names.regions.begin(), names.regions.end()) {
  std::sort(regions_.begin(), regions_.end());
  for (const Segment& segment : names.segments) segments_.push_back({&segment, CharacterSet(segment.characters)});
}

std::variant<ProxyUser, const ErrorReply*> UserNameGrammar::parse(std::string_view name) const {
  if (!name.starts_with(names_.prefix)) return &errors_.user_name_malformed;
  name.remove_prefix(names_.prefix.size());
  ProxyUser user;
  if (segments_.empty()) {
    user.account = name;
    return user;
  }
  bool more = false;
  user.account = take_token(name, more);
  if (user.account.empty() || !account_characters_.has_all(user.account)) return &errors_.user_name_malformed;
  if (more) {
    if (const ErrorReply* error = read_segments(name, user)) return error;
  }
  if (const ErrorReply* error = check_combination(user)) return error;
  if (user.sticky) {
    if (const ErrorReply* error = read_minutes(user)) return error;
  }
  return user;
}

const ErrorReply* UserNameGrammar::read_segments(std::string_view rest, ProxyUser& user) const {
  auto next = segments_.begin();
  bool more = true;
  while (more) {
    const std::string_view name = take_token(rest, more);
    const auto named = [name](const CompiledSegment& segment) { return segment.rule->name == name; };
    const auto found = std::find_if(names_.segments_in_any_order ? segments_.begin() : next, segments_.end(), named);
    const bool ignored = names_.unknown_segments_ignored && std::none_of(segments_.begin(), segments_.end(), named);
    if ((found == segments_.end() && !ignored) || !more) return &errors_.user_name_malformed;
    const std::string_view value = take_token(rest, more);
    if (ignored) continue;
    const Segment& rule = *found->rule;
    const bool fits =
        value.size() >= rule.length_min && value.size() <= rule.length_max && found->characters.has_all(value);
    // A region is right when it is known, whatever it looks like; digits beyond the length are a number out of range.
    const bool judged_later =
        rule.meaning == SegmentMeaning::kRegion || (rule.meaning == SegmentMeaning::kMinutes &&
                                                    value.size() > rule.length_max && found->characters.has_all(value));
    if (!fits && (value.empty() || !judged_later)) return &errors_.user_name_malformed;
    if (rule.meaning == SegmentMeaning::kType && !parse_exit_type(value)) return &errors_.user_name_malformed;
    field_of(user, rule.meaning) = value;
    next = found + 1;
  }
  return nullptr;
}

const ErrorReply* UserNameGrammar::check_combination(ProxyUser& user) const {
  if (!user.state.empty() && user.region.empty()) return &errors_.state_without_region;
  if (!user.city.empty() && user.state.empty()) return &errors_.city_without_state;
  for (const CompiledSegment& segment : segments_) {
    if (segment.rule->required && field_of(user, segment.rule->meaning).empty()) return &errors_.user_name_malformed;
  }
  const bool minutes_may_lack = window_.length > Duration::zero();
  if (user.session.empty() && !user.minutes.empty() && !names_.minutes_alone) return &errors_.session_incomplete;
  if (!user.session.empty() && user.minutes.empty() && !minutes_may_lack) return &errors_.session_incomplete;
  const bool known = regions_.empty() || std::binary_search(regions_.begin(), regions_.end(), user.region);
  if (!user.region.empty() && !known) return &errors_.region_unknown;
  user.sticky = !user.session.empty();
  return nullptr;
}

const ErrorReply* UserNameGrammar::read_minutes(ProxyUser& user) const {
  if (user.minutes.empty()) {
    user.window = user.asked = window_.length;
    return nullptr;
  }
  if (user.minutes.size() > 1 && user.minutes.front() == '0' && !names_.leading_zeros)
    return &errors_.user_name_malformed;
  std::int64_t minutes = 0;
  // A week, the longest that any vendor offers: without a bound, users could ask for any number of different windows.
  constexpr std::int64_t kMinutesMax = 7 * 24 * 60;
  if (!read_number(user.minutes, minutes) || minutes > kMinutesMax) return &errors_.minutes_out_of_range;
  if (minutes < window_.minutes_min) return &errors_.minutes_out_of_range;
  user.asked = window_.minute * minutes;
  const auto type = parse_exit_type(user.type);
  const bool capped = window_.minutes_cap != 0 && minutes > window_.minutes_cap && type &&
                      std::find(window_.capped.begin(), window_.capped.end(), *type) != window_.capped.end();
  if (capped && window_.over_cap == OverCap::kReject) return &errors_.minutes_out_of_range;
  if (capped && window_.over_cap == OverCap::kClamp) minutes = window_.minutes_cap;
  user.window = window_.minute * minutes;
  return nullptr;
}

}  // namespace pinproof::sim
