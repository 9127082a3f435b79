#include "conformance/explore/small_world.h"

#include <algorithm>
#include <utility>

#include "conformance/explore/named_keys.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

class Builder {
 public:
  explicit Builder(const TargetDescription& target) : target_(target) {}

  SmallWorld build() {
    const Vocabulary& words = target_.vocabulary;
    world_.dialect = target_.dialect;
    world_.names_sessions = !words.user_name.empty();
    world_.issues_sessions = !words.session.empty();
    world_.has_api = target_.capabilities.has(Capability::kApi);
    world_.spaces_requests = !words.next_request_in.empty();
    world_.retries_on_request = !words.max_retries.empty();
    world_.retries_header = words.max_retries;
    if (world_.names_sessions) world_.keys = named_keys(target_);
    if (world_.issues_sessions) issued_keys();
    sort_keys();
    clients();
    world_.hosts = {"site", "other"};
    if (!target_.hosts_popular.empty()) world_.hosts.push_back("popular");
    loads();
    spans();
    return std::move(world_);
  }

 private:
  void issued_keys() {
    const auto add = [&](KeyKind kind, const std::string& raw) {
      Key key;
      key.name = "s" + std::to_string(world_.keys.size() + 1);
      key.kind = kind;
      if (kind == KeyKind::kSticky) key.window = target_.promised.idle_window;
      if (!raw.empty()) key.session = {IssuedSession::Kind::kRaw, raw};
      world_.keys.push_back(std::move(key));
    };
    for (int i = 0; i < 4; ++i) add(KeyKind::kSticky, "");
    add(KeyKind::kRotating, "");
    for (const char* const raw : {"1836172", "0", "-1", "none", "1836172 1691272"}) add(KeyKind::kMalformed, raw);
  }

  void sort_keys() {
    for (std::size_t i = 0; i < world_.keys.size(); ++i) {
      auto& list = world_.keys[i].kind == KeyKind::kSticky     ? world_.sticky
                   : world_.keys[i].kind == KeyKind::kRotating ? world_.rotating
                                                               : world_.malformed;
      list.push_back(static_cast<std::uint8_t>(i));
    }
  }

  void clients() {
    const std::vector<std::string>& accounts = target_.accounts;
    const std::string first = accounts.empty() ? "one" : accounts.front();
    world_.clients = {{"client", first}, {"worker", first}};
    if (accounts.size() > 1) world_.clients.push_back({"other", accounts[1]});
    const auto& without = target_.promised.accounts_without_sessions;
    for (const std::string& account : accounts) {
      const bool none = std::find(without.begin(), without.end(), account) != without.end();
      if (none && account != first) world_.clients.push_back({"starter", account});
    }
  }

  void loads() {
    const std::string& control = target_.vocabulary.control_prefix;
    world_.loads = {{},
                    {"POST", 100, 16, 200, ""},
                    {"GET", 0, 2'000, 200, ""},
                    {"GET", 0, 16, 200, "seen=1"},
                    {"GET", 0, 16, 404, ""},
                    {"PUT", 3'000, 0, 200, ""},
                    {"GET", 0, 16, 503, ""}};
    world_.headers = {{},
                      {{"Connection", "close"}},
                      {{"Cookie", "mine=1"}, {"Accept", "text/html"}},
                      {{"User-Agent", "explorer"}, {"Referer", "http://site.origin.test/"}, {"X-Once", "1"}},
                      {{"Connection", "X-Goes"}, {"X-Goes", "1"}, {"X-Stays", "2"}, {"TE", "trailers"}}};
    if (!control.empty()) world_.headers.push_back({{control + "JobId", "7"}});
    world_.retries = {""};
    if (world_.retries_on_request) world_.retries.insert(world_.retries.end(), {"0", "1", "2", "5", "99", "-1", "two"});
    world_.session_cap = static_cast<std::uint32_t>(std::max<std::int64_t>(target_.promised.session_cap, 0));
  }

  void spans() {
    const Promises& promised = target_.promised;
    world_.spans = {{"", 1s, false},   {"", 10s, false},   {"", 1min, false},
                    {"", 5min, false}, {"", 14min, false}, {"", 31min, false}};
    world_.boundaries = world_.spans.size();
    world_.spans.push_back({"window", {}, true});
    const auto add = [&](std::string name, Duration length) {
      if (length > Duration::zero()) world_.spans.push_back({std::move(name), length, false});
    };
    if (world_.names_sessions) add("window_cap", promised.window_cap);
    add("in_flight_timeout", promised.in_flight_timeout);
    if (world_.spaces_requests) {
      add("default_delay", promised.default_delay);
      for (const DomainDelay& domain : promised.domains) add("delay_of_a_domain", domain.delay);
      add("soft_limit", promised.soft_limit);
      add("delay_ceiling", promised.delay_ceiling);
    }
    world_.offsets = {0s, -1s, 1s, -1ms, 1ms};
    world_.paces = {0s, 1s, 500ms};
    world_.lasting = {0s, 5s, 40s, 10min};
    world_.bursts = {2, 3, 5};
    if (world_.spaces_requests && promised.default_delay > Duration::zero()) {
      world_.paces.push_back(promised.default_delay);
      const auto climbs = [&](Duration to, std::int64_t more) {
        world_.bursts.push_back(
            static_cast<std::uint16_t>(std::clamp<std::int64_t>(to / promised.default_delay + more, 2, 400)));
      };
      climbs(promised.soft_limit, 1);
      climbs(promised.soft_limit, 4);
      climbs(promised.delay_ceiling, 2);
    } else {
      world_.bursts.push_back(12);
      world_.bursts.push_back(25);
    }
  }

  const TargetDescription& target_;
  SmallWorld world_;
};

}  // namespace

SmallWorld small_world(const TargetDescription& target) { return Builder(target).build(); }

}  // namespace pinproof::conformance
