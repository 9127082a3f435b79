#include "conformance/explore/named_keys.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "conformance/history/user_name_template.h"

namespace pinproof::conformance {
namespace {

class NamedKeys {
 public:
  explicit NamedKeys(const TargetDescription& target) : target_(target) {}

  // Around one name: the same in all but one part.
  std::vector<Key> build() {
    const std::int64_t cap = target_.promised.window_cap / target_.promised.minute;
    const sim::Exit home = target_.exits.empty() ? sim::Exit{} : target_.exits.front();
    UserName base;
    base.type = "res";
    base.region = home.region.empty() ? "us" : home.region;
    base.session = "@a";
    base.minutes = minutes(cap);
    const auto with = [&base](auto change) {
      UserName user = base;
      change(user);
      return user;
    };
    const std::string asn = std::to_string(home.asn);
    const auto city = [&](UserName& user) {
      user.state = home.state;
      user.city = home.city;
    };
    std::string elsewhere = base.region;
    for (const sim::Exit& exit : target_.exits) {
      if (exit.region != base.region) elsewhere = exit.region;
      if (elsewhere != base.region) break;
    }
    const std::string small = smallest_region();
    const auto sticky = [&](auto change) { add_named(KeyKind::kSticky, with(change)); };
    sticky([](UserName&) {});
    sticky([&](UserName& user) { user.region = elsewhere; });
    sticky([&](UserName& user) { user.minutes = minutes(10); });
    sticky([&](UserName& user) { user.minutes = minutes(target_.promised.window_minutes_min); });
    sticky([&](UserName& user) { user.type = "mob"; });
    sticky([&](UserName& user) { user.state = home.state; });
    sticky(city);
    sticky([&](UserName& user) { user.asn = asn; });
    sticky([](UserName& user) { user.session = "@b"; });
    sticky([](UserName& user) { user.session = "@c"; });
    sticky([&](UserName& user) { user.region = small; });
    sticky([&](UserName& user) {
      user.region = small;
      user.session = "@b";
    });
    sticky([&](UserName& user) {
      city(user);
      user.asn = asn;
    });
    sticky([&](UserName& user) {
      user.type = "mob";
      user.minutes = minutes(cap + 15);
    });
    sticky([&](UserName& user) { user.minutes = minutes(cap - 1); });

    const auto rotating = [&](auto change) {
      UserName user = base;
      user.session.clear();
      user.minutes.clear();
      change(user);
      add_named(KeyKind::kRotating, std::move(user));
    };
    rotating([](UserName&) {});
    rotating([&](UserName& user) { user.region = elsewhere; });
    rotating([&](UserName& user) { user.region = small; });
    rotating([](UserName& user) { user.type = "mob"; });
    rotating(city);
    rotating([&](UserName& user) { user.asn = asn; });
    malformed_names(base, cap);
    return std::move(keys_);
  }

 private:
  std::string minutes(std::int64_t count) const { return std::to_string(count); }

  static sim::ExitFilter filter_of(const UserName& user) {
    sim::ExitFilter filter;
    filter.type = sim::parse_exit_type(user.type);
    filter.region = user.region;
    filter.state = user.state;
    filter.city = user.city;
    std::uint32_t asn = 0;
    const auto [end, error] = std::from_chars(user.asn.data(), user.asn.data() + user.asn.size(), asn);
    if (!user.asn.empty() && error == std::errc{}) filter.asn = asn;
    return filter;
  }

  void add_named(KeyKind kind, UserName user) {
    Key key;
    key.name = "u" + std::to_string(keys_.size() + 1);
    key.kind = kind;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(user.minutes.data(), user.minutes.data() + user.minutes.size(), count);
    if (error == std::errc{} && count > 0 && count <= 1'440) key.window = count * target_.promised.minute;
    if (!user.raw) key.filter = filter_of(user);
    key.user = std::move(user);
    keys_.push_back(std::move(key));
  }

  /// The region whose pool is the smallest: soon exhausted.
  std::string smallest_region() const {
    std::string best;
    std::ptrdiff_t fewest = 0;
    for (const sim::Exit& exit : target_.exits) {
      if (exit.type != sim::ExitType::kResidential) continue;
      const auto count = std::count_if(target_.exits.begin(), target_.exits.end(), [&](const sim::Exit& other) {
        return other.type == exit.type && other.region == exit.region;
      });
      if (best.empty() || count < fewest) {
        best = exit.region;
        fewest = count;
      }
    }
    return best.empty() ? "us" : best;
  }

  void malformed_names(const UserName& base, std::int64_t cap) {
    const auto ids = static_cast<std::size_t>(target_.promised.session_id_length_max);
    const auto add = [&](auto change) {
      UserName user = base;
      change(user);
      add_named(KeyKind::kMalformed, std::move(user));
    };
    for (const std::string& session :
         {std::string(ids, 'a'), std::string(ids + 1, 'a'), std::string(ids - 1, '7'), std::string("Job1"),
          std::string("a_b"), std::string("a.b"), std::string("a~b"), std::string("a b"), std::string("a%41"),
          std::string("\xc3\xa9"), std::string("a-b"), std::string("")}) {
      add([&](UserName& user) { user.session = session; });
    }
    for (const std::string& text :
         {std::to_string(cap + 1), std::to_string(cap + 60), std::string("0"), std::string("-5"), std::string("1.5"),
          std::string("ten"), std::string("010"), std::string("99999999999999999999"), std::string("")}) {
      add([&](UserName& user) { user.minutes = text; });
    }
    add([](UserName& user) { user.region = "zz"; });
    add([](UserName& user) { user.region = "US"; });
    add([](UserName& user) { user.type = "dc"; });
    add([](UserName& user) { user.state = "CA"; });
    add([](UserName& user) { user.city = "la"; });
    add([](UserName& user) {
      user.state = "ca";
      user.city = "los_angeles";
    });
    add([](UserName& user) { user.asn = "x1"; });
    rewritten_names(base);
  }

  // A sound name's text with its "-name-value" segments moved, lost or joined by one that nobody knows.
  void rewritten_names(const UserName& base) {
    const std::string text =
        fill_template(target_.vocabulary.user_name,
                      {{"type", base.type}, {"region", base.region}, {"session", "job1"}, {"minutes", base.minutes}});
    const std::string account = "{account}";
    const std::size_t begin = text.find(account);
    if (begin == std::string::npos) return;
    const std::string front = text.substr(0, begin + account.size());
    std::vector<std::string> segments;
    std::size_t at = front.size();
    while (at < text.size()) {
      const std::size_t value = text.find('-', at + 1);
      const std::size_t end = value == std::string::npos ? value : text.find('-', value + 1);
      segments.push_back(text.substr(at, end == std::string::npos ? end : end - at));
      at = end == std::string::npos ? text.size() : end;
    }
    const auto add = [&](const std::string& before, const std::vector<std::string>& parts) {
      UserName user;
      std::string raw = before;
      for (const std::string& part : parts) raw += part;
      user.raw = raw;
      add_named(KeyKind::kMalformed, std::move(user));
    };
    for (std::size_t i = 0; i < segments.size(); ++i) {
      std::vector<std::string> less = segments;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
      add(front, less);
      if (i + 1 == segments.size()) break;
      std::vector<std::string> swapped = segments;
      std::swap(swapped[i], swapped[i + 1]);
      add(front, swapped);
    }
    std::vector<std::string> more = segments;
    more.insert(more.begin() + 1, "-country-us");
    add(front, more);
    add(account, segments);
    add(front, {});
  }

  const TargetDescription& target_;
  std::vector<Key> keys_;
};

}  // namespace

std::vector<Key> named_keys(const TargetDescription& target) { return NamedKeys(target).build(); }

}  // namespace pinproof::conformance
