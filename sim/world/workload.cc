#include "sim/world/workload.h"

#include <fmt/format.h>

#include <array>
#include <deque>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "sim/world/workload_requests.h"

namespace pinproof::sim {
namespace {

constexpr std::uint32_t kNoSession = 0xffffffffU;

/// What an exchange is for, so that its answer is read rightly.
enum class Purpose : std::uint8_t { kSession, kOther, kTunnel, kApiList, kApiCreate };

struct SentExchange {
  std::uint32_t session = kNoSession;
  Purpose purpose = Purpose::kOther;
  int status = 0;
};

struct Client {
  ClientConnection connection{};
  bool close_at_turn = false;  // a tunnel, or a request to be abandoned, is open on it
};

class WorkloadRun final : public WorldObserver {
 public:
  WorkloadRun(const Workload& workload, WorldOptions options)
      : workload_(workload),
        rules_(options.rules),
        exits_(options.exits),
        requests_(rules_, exits_),
        random_(Random(workload.seed).split("workload")),
        clients_(workload.clients),
        world_(std::move(options), *this) {
    for (std::uint32_t i = 0; i < workload.sessions; ++i) sessions_.push_back(requests_.make_session(random_));
    for (std::uint32_t i = 0; i < workload.clients; ++i) set_turn(i, workload.mean_pause);
    set_turn(workload.clients, workload.mean_between_exit_actions);
  }

  WorkloadCounts run() {
    const Instant end = kStart + workload_.duration;
    while (turns_.top().at <= end && !world_.exhausted()) {
      const Turn turn = turns_.top();
      turns_.pop();
      world_.run_until(turn.at);
      if (turn.who == workload_.clients) {
        act_on_exit();
        set_turn(turn.who, workload_.mean_between_exit_actions);
      } else {
        take_turn(clients_[turn.who]);
        set_turn(turn.who, workload_.mean_pause);
      }
    }
    world_.run_until(end);
    counts_.events = world_.events();
    return counts_;
  }

  void on_answer_head(ExchangeId exchange, ResponseHead head, Instant) override {
    SentExchange& sent = sent_[static_cast<std::uint64_t>(exchange)];
    sent.status = head.status;
    const int kind = head.status / 100;
    counts_.answers_2xx += kind == 2 ? 1 : 0;
    counts_.answers_4xx += kind == 4 ? 1 : 0;
    counts_.answers_5xx += kind == 5 ? 1 : 0;
    if (sent.purpose == Purpose::kTunnel && kind == 2) ++counts_.tunnels;
    if (!rules_.headers.repinned.empty() && head.headers.has(rules_.headers.repinned)) ++counts_.repinned;
    if (sent.purpose != Purpose::kSession || !requests_.sessions_are_issued()) return;
    std::string& issued = sessions_[sent.session].issued;
    if (kind == 4) {
      issued.clear();
    } else if (const auto id = head.headers.find(rules_.headers.session); id && issued.empty()) {
      issued = *id;
      ++counts_.sessions_issued;
    }
  }

  void on_exchange_end(ExchangeId exchange, ExchangeEnd end, AnswerBody body, Instant) override {
    counts_.complete += end == ExchangeEnd::kComplete ? 1 : 0;
    counts_.cut += end == ExchangeEnd::kCut ? 1 : 0;
    counts_.closed += end == ExchangeEnd::kClosed ? 1 : 0;
    const SentExchange& sent = sent_[static_cast<std::uint64_t>(exchange)];
    if (sent.status / 100 != 2) return;
    if (sent.purpose == Purpose::kApiCreate && requests_.sessions_are_issued()) {
      sessions_[sent.session].issued = body.text;
      ++counts_.sessions_issued;
    }
    if (sent.purpose == Purpose::kApiList) sessions_[sent.session].api_name = first_listed(body.text);
  }

  void on_exit_sighting(ExitSighting sighting, Instant) override { last_exit_ = sighting.exit; }
  void on_origin_sighting(OriginSighting, Instant) override {}

 private:
  struct Turn {
    Instant at;
    std::uint64_t sequence = 0;
    std::uint32_t who = 0;  // a client; the number of clients: the exits' turn
    bool operator>(const Turn& other) const { return at != other.at ? at > other.at : sequence > other.sequence; }
  };

  void set_turn(std::uint32_t who, Duration mean_pause) {
    turns_.push({world_.now() + random_.exponential(mean_pause), turn_sequence_++, who});
  }

  // "ses_17" of a list of sessions: the first one's name.
  static std::string first_listed(std::string_view list) {
    const auto begin = list.find("ses_");
    if (begin == std::string_view::npos) return {};
    return std::string(list.substr(begin, list.find('"', begin) - begin));
  }

  void take_turn(Client& client) {
    if (client.close_at_turn) world_.close(client.connection);
    client.close_at_turn = false;
    if (!gates_.empty() && random_.chance(1, 2)) {
      world_.release(gates_.front());
      gates_.pop_front();
    }
    const auto session = static_cast<std::uint32_t>(random_.below(sessions_.size()));
    const WorkloadMix& mix = workload_.mix;
    const std::array<std::uint32_t, 11> weights = {mix.sticky,  mix.rotating,  mix.tunnel,   mix.burst,
                                                   mix.gated,   mix.abandoned, mix.renewed,  mix.listed,
                                                   mix.created, mix.deleted,   mix.malformed};
    switch (draw(weights)) {
      case 0:
        return send_plain(client, session, true, "");
      case 1:
        return send_plain(client, session, false, "");
      case 2:
        return use_tunnel(client, session);
      case 3:
        return send_burst(session);
      case 4:
        return send_gated(client, session, false);
      case 5:
        return send_gated(client, session, true);
      case 6:
        sessions_[session] = requests_.make_session(random_);
        return;
      case 7:
        return call_api("GET", session, "", Purpose::kApiList);
      case 8:
        return call_api("POST", session, "", Purpose::kApiCreate);
      case 9:
        return delete_session(session);
      default:
        return send_malformed(client, session);
    }
  }

  std::size_t draw(const std::array<std::uint32_t, 11>& weights) {
    std::uint64_t total = 0;
    for (const std::uint32_t weight : weights) total += weight;
    std::uint64_t drawn = random_.below(total);
    std::size_t choice = 0;
    while (drawn >= weights[choice]) drawn -= weights[choice++];
    return choice;
  }

  // The client's kept connection, mostly; now and then a new one.
  ClientConnection connection_of(Client& client) {
    if (!world_.is_open(client.connection) || random_.chance(1, 4)) renew(client);
    return client.connection;
  }

  void renew(Client& client) {
    world_.close(client.connection);
    client.connection = world_.open();
  }

  void send(ClientConnection connection, ClientRequest request, std::uint32_t session, Purpose purpose) {
    if (counts_.exchanges == 0) sent_.emplace_back();  // exchanges count from 1
    sent_.push_back({session, purpose, 0});
    ++counts_.exchanges;
    world_.send(connection, std::move(request));
  }

  std::string next_token() { return fmt::format("w{}", ++tokens_); }

  void send_plain(Client& client, std::uint32_t session, bool sticky, std::string_view options) {
    ClientRequest request = requests_.plain(sessions_[session], sticky, next_token(), options, random_);
    send(connection_of(client), std::move(request), session, sticky ? Purpose::kSession : Purpose::kOther);
  }

  void use_tunnel(Client& client, std::uint32_t session) {
    const bool sticky = random_.chance(3, 4);
    renew(client);
    client.close_at_turn = true;
    send(client.connection, requests_.connect(sessions_[session], sticky, next_token()), session, Purpose::kTunnel);
    const auto inside = random_.below(4);
    for (std::uint64_t i = 0; i < inside; ++i) {
      const bool last = i + 1 == inside && random_.chance(1, 2);
      send(client.connection, requests_.inside_tunnel(next_token(), last, sessions_[session], sticky), session,
           sticky ? Purpose::kSession : Purpose::kOther);
    }
  }

  void send_burst(std::uint32_t session) {
    for (std::uint32_t i = 0; i < workload_.burst_requests; ++i) {
      ClientRequest request = requests_.plain(sessions_[session], true, next_token(), "?size=10", random_);
      send_once(std::move(request), session, Purpose::kSession);
    }
  }

  // On a connection of its own, which the gateway closes after the answer.
  void send_once(ClientRequest request, std::uint32_t session, Purpose purpose) {
    if (!request.head.headers.has("Connection")) request.head.headers.add("Connection", "close");
    send(world_.open(), std::move(request), session, purpose);
  }

  void send_gated(Client& client, std::uint32_t session, bool abandoned) {
    renew(client);
    client.close_at_turn = abandoned;
    send_plain(client, session, true, "?size=6000&gate=1000");
    if (!abandoned) gates_.push_back(fmt::format("w{}", tokens_));
  }

  void call_api(std::string_view method, std::uint32_t session, std::string_view name, Purpose purpose) {
    send_once(requests_.api(method, sessions_[session].account, name), session, purpose);
  }

  void delete_session(std::uint32_t session) {
    WorkloadSession& deleted = sessions_[session];
    const std::string name = requests_.sessions_are_issued() ? deleted.issued : deleted.api_name;
    if (!name.empty()) call_api("DELETE", session, name, Purpose::kOther);
    deleted.api_name.clear();
  }

  void send_malformed(Client& client, std::uint32_t session) {
    // Drawn first: the order in which arguments are evaluated is the compiler's.
    const ClientConnection connection = connection_of(client);
    send(connection, requests_.malformed(sessions_[session], next_token(), random_), session, Purpose::kOther);
  }

  void act_on_exit() {
    constexpr std::array kActions = {ExitAction::kDrop, ExitAction::kDrop, ExitAction::kReset,
                                     ExitAction::kFail, ExitAction::kSlow, ExitAction::kBlackhole};
    ExitEvent event;
    event.exit = ExitId{static_cast<std::uint32_t>(random_.below(exits_.size()))};
    if (last_exit_ != kNoExit && random_.chance(1, 2)) event.exit = last_exit_;
    event.action = kActions[random_.below(kActions.size())];
    event.lasting = Duration(random_.between(10, 600)) * 1'000'000'000;
    if (random_.chance(1, 4)) event.count = static_cast<std::uint32_t>(random_.between(1, 3));
    event.delay = Duration(random_.between(1, 20)) * 1'000'000'000;
    ++counts_.exit_actions;
    world_.act(event);
  }

  const Workload workload_;
  const Rules rules_;
  const std::vector<Exit> exits_;
  WorkloadRequests requests_;
  Random random_;
  std::vector<Client> clients_;
  std::vector<WorkloadSession> sessions_;
  std::vector<SentExchange> sent_;  // by exchange
  std::deque<std::string> gates_;   // tokens whose answers wait
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns_;
  std::uint64_t turn_sequence_ = 0;
  std::uint64_t tokens_ = 0;
  ExitId last_exit_ = kNoExit;
  WorkloadCounts counts_;
  World world_;
};

}  // namespace

WorkloadCounts run_workload(const Workload& workload, WorldOptions world) {
  return WorkloadRun(workload, std::move(world)).run();
}

}  // namespace pinproof::sim
