#include "sim/world/workload_requests.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/http/basic_credentials.h"

namespace pinproof::sim {
namespace {

constexpr std::string_view kOriginHosts[] = {"shop.origin.test", "news.origin.test", "maps.origin.test"};

std::string_view host_for(std::string_view token) { return kOriginHosts[token.size() % std::size(kOriginHosts)]; }

std::string random_name(Random& random) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::string name;
  const std::uint64_t length = 1 + random.below(32);
  while (name.size() < length) name.push_back(kLetters[random.below(kLetters.size())]);
  return name;
}

// The grammar wants a state before a city, and letters in both.
bool has_spelt_state(const Exit& exit) {
  return !exit.state.empty() &&
         std::all_of(exit.state.begin(), exit.state.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

WorkloadSession WorkloadRequests::make_session(Random& random) const {
  WorkloadSession session;
  session.account = static_cast<std::uint32_t>(random.below(rules_.accounts.size()));
  const Exit& exit = exits_[random.below(exits_.size())];
  session.wanted.type = exit.type;
  session.wanted.region = exit.region;
  const std::uint64_t detail = has_spelt_state(exit) ? random.below(4) : 0;
  if (detail >= 1) session.wanted.state = exit.state;
  if (detail >= 2) session.wanted.city = exit.city;
  if (detail >= 3) session.wanted.asn = exit.asn;
  session.name = random_name(random);
  session.minutes = static_cast<std::uint32_t>(random.between(1, 30));
  return session;
}

ClientRequest WorkloadRequests::plain(const WorkloadSession& session, bool sticky, std::string_view token,
                                      std::string_view options, Random& random) const {
  ClientRequest request;
  request.head.target = fmt::format("http://{}/t/{}{}", host_for(token), token, options);
  request.head.headers.add("Host", host_for(token));
  if (options.empty() && random.chance(1, 5)) {
    request.head.method = "POST";
    request.body.assign(random.below(2'000), 'p');
  } else if (random.chance(1, 20)) {
    request.head.method = "HEAD";
  }
  if (random.chance(1, 4)) request.head.headers.add("Connection", "close");
  if (!rules_.headers.max_retries.empty() && random.chance(1, 8)) {
    request.head.headers.add_number(rules_.headers.max_retries, random.below(3));
  }
  add_credentials(request, session, sticky);
  add_session(request, session, sticky);
  return request;
}

ClientRequest WorkloadRequests::connect(const WorkloadSession& session, bool sticky, std::string_view token) const {
  ClientRequest request;
  request.head.method = "CONNECT";
  request.head.target = fmt::format("t-{}.{}:443", token, host_for(token));
  request.head.headers.add("Host", request.head.target);
  add_credentials(request, session, sticky);
  return request;
}

ClientRequest WorkloadRequests::inside_tunnel(std::string_view token, bool last, const WorkloadSession& session,
                                              bool sticky) const {
  ClientRequest request;
  request.inside_tunnel = true;
  request.head.target = fmt::format("/t/{}?size={}", token, 100 * token.size());
  request.head.headers.add("Host", host_for(token));
  if (last) request.head.headers.add("Connection", "close");
  // An intercepting gateway reads its fields here; through a tunnel they would go to the origin.
  if (rules_.forwarding.connect == ConnectMode::kIntercept) add_session(request, session, sticky);
  return request;
}

ClientRequest WorkloadRequests::api(std::string_view method, std::uint32_t account, std::string_view name) const {
  const Account& who = rules_.accounts[account];
  ClientRequest request;
  request.head.method = method;
  request.head.target = name.empty() ? rules_.api.path : fmt::format("{}/{}", rules_.api.path, name);
  request.head.headers.add("Host", "gateway.test");
  request.head.headers.add("Authorization", rules_.api.authentication == ApiAuthentication::kBearer
                                                ? "Bearer " + who.api_token
                                                : format_basic(who.user, who.password));
  return request;
}

ClientRequest WorkloadRequests::malformed(const WorkloadSession& session, std::string_view token,
                                          Random& random) const {
  ClientRequest request;
  request.head.target = fmt::format("http://{}/t/{}", host_for(token), token);
  request.head.headers.add("Host", host_for(token));
  const Account& who = rules_.accounts[session.account];
  const std::string good = format_basic(user_name(session, true), who.password);
  const auto authorize = [&](std::string_view value) { request.head.headers.add("Proxy-Authorization", value); };
  switch (random.below(7)) {
    case 0:
      break;  // no credentials at all
    case 1:
      authorize(format_basic(user_name(session, true), "not-the-password"));
      break;
    case 2:
      authorize("Basic not*base64");
      break;
    case 3:
      authorize(good);
      request.head.target = "ftp://origin.test/";
      break;
    case 4:
      authorize(good);
      request.head.method = "CONNECT";
      request.head.target = "origin.test";
      break;
    case 5:
      authorize(good);
      if (!rules_.headers.max_retries.empty()) request.head.headers.add(rules_.headers.max_retries, "many");
      if (!rules_.headers.session.empty()) request.head.headers.add(rules_.headers.session, "no-such-session");
      break;
    default:
      authorize(format_basic(malformed_user_name(session, random), who.password));
      break;
  }
  return request;
}

std::string WorkloadRequests::user_name(const WorkloadSession& session, bool sticky) const {
  std::string name = rules_.user_name.prefix + rules_.accounts[session.account].user;
  for (const Segment& segment : rules_.user_name.segments) {
    const bool of_session = segment.meaning == SegmentMeaning::kSession || segment.meaning == SegmentMeaning::kMinutes;
    const std::string value = of_session && !sticky ? std::string() : segment_value(session, segment.meaning);
    if (!value.empty()) name += fmt::format("-{}-{}", segment.name, value);
  }
  return name;
}

std::string WorkloadRequests::segment_value(const WorkloadSession& session, SegmentMeaning meaning) const {
  switch (meaning) {
    case SegmentMeaning::kType:
      return std::string(to_string(session.wanted.type.value_or(ExitType::kResidential)));
    case SegmentMeaning::kRegion:
      return session.wanted.region;
    case SegmentMeaning::kState:
      return session.wanted.state;
    case SegmentMeaning::kCity:
      return session.wanted.city;
    case SegmentMeaning::kAsn:
      return session.wanted.asn ? std::to_string(*session.wanted.asn) : std::string();
    case SegmentMeaning::kSession:
      return session.name;
    case SegmentMeaning::kMinutes:
      return std::to_string(session.minutes);
  }
  return {};
}

std::string WorkloadRequests::malformed_user_name(const WorkloadSession& session, Random& random) const {
  const std::string good = user_name(session, true);
  switch (random.below(5)) {
    case 0:
      return good + "-";
    case 1:
      return good + "-country-us";
    case 2:
      return "x" + good;
    case 3:
      return good.substr(0, random.below(good.size()));
    default:
      return user_name(session, false) + "-session-UPPER_case-sesstime-10";
  }
}

void WorkloadRequests::add_credentials(ClientRequest& request, const WorkloadSession& session, bool sticky) const {
  request.head.headers.add("Proxy-Authorization",
                           format_basic(user_name(session, sticky), rules_.accounts[session.account].password));
}

void WorkloadRequests::add_session(ClientRequest& request, const WorkloadSession& session, bool sticky) const {
  if (!sticky || !sessions_are_issued() || rules_.headers.session.empty()) return;
  request.head.headers.add(rules_.headers.session, session.issued.empty() ? "create" : session.issued);
}

}  // namespace pinproof::sim
