#include "conformance/judge/facts/asked.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace pinproof::conformance {
namespace {

// The segments of the promised grammar, in their order. A value is made of `characters` only.
struct SegmentLaw {
  std::string_view name;
  bool (*holds)(char);
  std::size_t length_max;
};

bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool lower_or_digit(char c) { return lower(c) || digit(c); }
bool anything(char) { return true; }

constexpr std::size_t kUnbounded = static_cast<std::size_t>(-1);
constexpr std::array kSegments{
    SegmentLaw{"type", lower, 3},
    SegmentLaw{"region", lower, 2},
    SegmentLaw{"state", lower, 3},
    SegmentLaw{"city", lower_or_digit, kUnbounded},
    SegmentLaw{"asn", digit, 10},
    SegmentLaw{"session", anything, kUnbounded},
    SegmentLaw{"sesstime", anything, kUnbounded},
};
constexpr std::string_view kPrefix = "helo_";

struct Pair {
  std::string_view name;
  std::string_view value;
};

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> tokens;
  while (true) {
    const auto dash = text.find('-');
    tokens.push_back(text.substr(0, dash));
    if (dash == std::string_view::npos) return tokens;
    text.remove_prefix(dash + 1);
  }
}

const std::string_view* value_of(const std::vector<Pair>& pairs, std::string_view name) {
  const auto found = std::find_if(pairs.begin(), pairs.end(), [name](const Pair& pair) { return pair.name == name; });
  return found == pairs.end() ? nullptr : &found->value;
}

void breaks(Asked& asked, std::string_view requirement, std::string why) {
  if (!asked.breaks.empty()) return;
  asked.breaks = requirement;
  asked.why = std::move(why);
}

// A session id may have been cut at a '-' of its own: what stands between "-session-" and "-sesstime-" is what was meant.
std::optional<std::string_view> between(std::string_view text, std::string_view left, std::string_view right) {
  const auto from = text.find(left);
  if (from == std::string_view::npos) return std::nullopt;
  const auto rest = text.substr(from + left.size());
  return rest.substr(0, rest.find(right));
}

bool out_of_order(std::string_view name) {
  const auto last = name.find("-sesstime-");
  if (last == std::string_view::npos) return false;
  const std::string_view behind = name.substr(last + 1);
  return std::any_of(kSegments.begin(), kSegments.end() - 1, [&](const SegmentLaw& segment) {
    return behind.find(fmt::format("-{}-", segment.name)) != std::string_view::npos;
  });
}

void judge_session(Asked& asked, std::string_view name, const Promises& promised) {
  const auto id = between(name, "-session-", "-sesstime-");
  if (!id) return;
  if (id->empty() || !std::all_of(id->begin(), id->end(), lower_or_digit)) {
    breaks(asked, "H-STK-8", "a session id with characters outside a-z and 0-9, or none");
  } else if (std::cmp_greater(id->size(), promised.session_id_length_max)) {
    breaks(asked, "H-STK-8", fmt::format("a session id of {} characters", id->size()));
  }
  asked.session = *id;
}

void judge_minutes(Asked& asked, std::string_view text, const HistoryHeader& header) {
  const Promises& promised = header.promised;
  const bool number = !text.empty() && std::all_of(text.begin(), text.end(), digit);
  if (!number) return breaks(asked, "H-STK-7", fmt::format("sesstime '{}', which is no whole number of minutes", text));
  if (text.size() > 1 && text.front() == '0' && header.readings.at("leading_zeros") == "refuse") {
    return breaks(asked, "H-STK-7", "sesstime with a leading zero");
  }
  std::int64_t minutes = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), minutes);
  const bool overflow = result.ec != std::errc{} || minutes > sim::Duration::max() / promised.minute;
  if (overflow) return breaks(asked, "H-STK-7", "sesstime beyond any number of minutes");
  if (minutes < promised.window_minutes_min) return breaks(asked, "H-STK-7", fmt::format("sesstime {}", minutes));
  asked.minutes = minutes;
  asked.window = promised.minute * minutes;
  asked.over_cap = asked.where.type == sim::ExitType::kResidential && asked.window > promised.window_cap;
  if (!asked.over_cap) return;
  asked.window = promised.window_cap;
  if (header.readings.at("over_cap") == "reject")
    breaks(asked, "H-STK-6", fmt::format("sesstime {} of a residential session", minutes));
}

// Order and spelling of the segments (H-EXT-1).
std::vector<Pair> judge_segments(Asked& asked, std::string_view name) {
  std::vector<Pair> pairs;
  if (!name.starts_with(kPrefix)) {
    breaks(asked, "H-EXT-1", "the prefix is missing");
    return pairs;
  }
  const std::vector<std::string_view> tokens = split(name.substr(kPrefix.size()));
  std::size_t next = 0;
  for (std::size_t i = 1; i < tokens.size(); i += 2) {
    const auto law = std::find_if(kSegments.begin() + static_cast<std::ptrdiff_t>(next), kSegments.end(),
                                  [&](const SegmentLaw& segment) { return segment.name == tokens[i]; });
    if (law == kSegments.end() || i + 1 == tokens.size()) {
      breaks(asked, "H-EXT-1", fmt::format("the segment '{}' is unknown, out of order or without a value", tokens[i]));
      return pairs;
    }
    next = static_cast<std::size_t>(law - kSegments.begin()) + 1;
    const std::string_view value = tokens[i + 1];
    if (value.size() > law->length_max || !std::all_of(value.begin(), value.end(), law->holds)) {
      breaks(asked, "H-EXT-1", fmt::format("the value '{}' of '{}'", value, law->name));
    }
    pairs.push_back({law->name, value});
  }
  return pairs;
}

void judge_place(Asked& asked, const std::vector<Pair>& pairs) {
  const auto text_of = [&](std::string_view name) {
    const std::string_view* value = value_of(pairs, name);
    return value == nullptr ? std::string() : std::string(*value);
  };
  asked.where.type = sim::parse_exit_type(text_of("type"));
  asked.where.region = text_of("region");
  asked.where.state = text_of("state");
  asked.where.city = text_of("city");
  if (const std::string_view* asn = value_of(pairs, "asn")) {
    std::uint32_t number = 0;
    std::from_chars(asn->data(), asn->data() + asn->size(), number);
    asked.where.asn = number;
  }
  if (!asked.where.type) breaks(asked, "H-EXT-1", "a type that is neither res nor mob, or none");
  if (asked.where.region.empty()) breaks(asked, "H-EXT-1", "no region");
  if (!asked.where.city.empty() && asked.where.state.empty()) breaks(asked, "H-EXT-1", "a city without a state");
}

}  // namespace

std::optional<Asked> read_asked(const HistoryHeader& header, const Observation& seen) {
  if (seen.user_name.empty() || !header.vocabulary.user_name.starts_with(kPrefix)) return std::nullopt;
  Asked asked;
  asked.key = seen.account + '\n' + seen.user_name;
  asked.account = seen.account;
  const std::string_view name = seen.user_name;
  if (out_of_order(name)) breaks(asked, "H-EXT-1", "a segment behind sesstime, which is the last");
  // What is said of the session is judged first: those rows are narrower than the grammar's.
  judge_session(asked, name, header.promised);
  const bool has_session = name.find("-session-") != std::string_view::npos;
  const auto minutes = between(name, "-sesstime-", "-");
  const bool has_minutes = name.find("-sesstime-") != std::string_view::npos;
  if (has_session != has_minutes)
    breaks(asked, "H-STK-9", has_session ? "session without sesstime" : "sesstime without session");
  asked.where.type =
      name.find("-type-mob-") != std::string_view::npos ? sim::ExitType::kMobile : sim::ExitType::kResidential;
  if (has_minutes && minutes) judge_minutes(asked, name.substr(name.find("-sesstime-") + 10), header);
  judge_place(asked, judge_segments(asked, name));
  const sim::ExitFilter& where = asked.where;
  asked.place = fmt::format("{}/{}/{}/{}/{}", where.type ? sim::to_string(*where.type) : "", where.region, where.state,
                            where.city, where.asn.value_or(0));
  return asked;
}

std::shared_ptr<const Asked> AskedNames::read(const Observation& seen) {
  if (seen.user_name.empty()) return nullptr;
  key_.assign(seen.account).append(1, '\n').append(seen.user_name);
  const auto known = names_.find(key_);
  if (known != names_.end()) return known->second;
  if (names_.size() == kKept) names_.clear();
  auto asked = read_asked(header_, seen);
  return names_.emplace(key_, asked ? std::make_shared<const Asked>(std::move(*asked)) : nullptr).first->second;
}

}  // namespace pinproof::conformance
