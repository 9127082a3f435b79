// A world with somebody in it who sends requests and remembers what was seen: what tests of whole stories are told with.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/gateway/rules_testing.h"
#include "sim/http/basic_credentials.h"
#include "sim/pool/standard_pool.h"
#include "sim/world/world.h"

namespace pinproof::sim {

struct SeenAnswer {
  int status = 0;  // 0: none came
  Headers headers;
  std::optional<ExchangeEnd> end;
  AnswerBody body;
  Instant head_at;
  Instant ended_at;

  std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("")); }
};

class Story : public WorldObserver {
 public:
  explicit Story(const std::string& dialect, WorldOptions options = {})
      : world(complete(dialect, std::move(options)), *this) {}

  World world;
  std::map<ExchangeId, SeenAnswer> answers;
  std::vector<ExitSighting> exit_sightings;
  std::vector<OriginSighting> origin_sightings;
  std::vector<ClientConnection> closed;

  void until(Duration since_start) { world.run_until(kStart + since_start); }
  void drop(ExitId exit) { world.act({.exit = exit, .action = ExitAction::kDrop}); }
  void restore(ExitId exit) { world.act({.exit = exit, .action = ExitAction::kRestore}); }

  /// Sends and lets the present instant pass.
  ExchangeId send(ClientConnection connection, ClientRequest request) {
    const ExchangeId exchange = world.send(connection, std::move(request));
    world.run_until(world.now());
    return exchange;
  }
  /// The same, on a connection of its own.
  ExchangeId send(ClientRequest request) { return send(world.open(), std::move(request)); }

  SeenAnswer ask(ClientRequest request) { return answers[send(std::move(request))]; }

  /// Where the request with this token came out last; kNoExit where it did not.
  ExitId exit_of(std::string_view token) const {
    ExitId exit = kNoExit;
    for (const OriginSighting& sighting : origin_sightings) {
      if (sighting.token == token) exit = sighting.from;
    }
    return exit;
  }

  std::vector<ExitSight> sights_of(std::string_view token) const {
    std::vector<ExitSight> sights;
    for (const ExitSighting& sighting : exit_sightings) {
      if (sighting.token == token) sights.push_back(sighting.sight);
    }
    return sights;
  }

  void on_answer_head(ExchangeId exchange, ResponseHead head, Instant now) override {
    SeenAnswer& answer = answers[exchange];
    EXPECT_EQ(answer.status, 0) << "a second head";
    answer.status = head.status;
    answer.headers = head.headers;
    answer.head_at = now;
  }
  void on_exchange_end(ExchangeId exchange, ExchangeEnd end, AnswerBody body, Instant now) override {
    SeenAnswer& answer = answers[exchange];
    EXPECT_FALSE(answer.end) << "a second end";
    answer.end = end;
    answer.body = body;
    answer.ended_at = now;
  }
  void on_exit_sighting(ExitSighting sighting, Instant) override { exit_sightings.push_back(sighting); }
  void on_origin_sighting(OriginSighting sighting, Instant) override { origin_sightings.push_back(sighting); }
  void on_connection_closed(ClientConnection connection, Instant) override { closed.push_back(connection); }

 private:
  static WorldOptions complete(const std::string& dialect, WorldOptions options) {
    options.rules = shipped_rules(dialect);
    if (options.exits.empty()) options.exits = standard_pool();
    return options;
  }
};

inline ClientRequest request_to(std::string_view target, std::string_view user, std::string_view password,
                                std::string_view method = "GET") {
  ClientRequest request;
  request.head.method = method;
  request.head.target = target;
  if (!user.empty()) request.head.headers.add("Proxy-Authorization", format_basic(user, password));
  return request;
}

inline ClientRequest inside(std::string_view target) {
  ClientRequest request;
  request.inside_tunnel = true;
  request.head.target = target;
  request.head.headers.add("Host", "o.test");
  return request;
}

}  // namespace pinproof::sim
