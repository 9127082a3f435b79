// One simulated world and what is under way in it, from a reset of the simulated target to the next. Only the target's own sources
// include this.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conformance/target/api_flight.h"
#include "conformance/target/client_connections.h"
#include "conformance/target/credentials.h"
#include "conformance/target/request_flight.h"
#include "conformance/target/simulated_target.h"
#include "sim/world/world.h"

namespace pinproof::conformance {

class SimulatedTarget::Session final : public sim::WorldObserver {
 public:
  Session(const SimulatedTargetOptions& options, const TargetDescription& description, const Credentials& credentials,
          std::uint64_t seed);

  Instant now() const { return world_.now(); }
  void submit(Stimulus stimulus);
  void submit(const ApiStimulus& stimulus);
  bool under_way(std::uint64_t id) const { return requests_.contains(id) || calls_.contains(id); }
  /// Runs what is next, an event or a client's patience, unless that is after `until`. False: nothing is left until then.
  bool step(Instant until);
  void advance(Instant until);
  void act(const sim::ExitEvent& event);
  void release(const std::string& token);
  void give_up(std::uint64_t id, AnswerEnd end);
  void close(const std::string& actor, const ConnectionChoice& connection);
  void take(std::vector<Record>& records);
  void complete_journals() { records_.emplace_back(JournalComplete{now()}); }

  void on_answer_head(sim::ExchangeId exchange, sim::ResponseHead head, Instant now) override;
  void on_exchange_end(sim::ExchangeId exchange, sim::ExchangeEnd end, sim::AnswerBody body, Instant now) override;
  void on_exit_sighting(sim::ExitSighting sighting, Instant now) override;
  void on_origin_sighting(sim::OriginSighting sighting, Instant now) override;

 private:
  struct Request {
    RequestFlight flight;
    sim::ClientConnection connection;
    bool close_after = false;
    std::uint64_t sent_order = 0;
    std::uint64_t answered_order = 0;
  };
  struct Call {
    ApiFlight flight;
    sim::ClientConnection connection;
    std::uint64_t sent_order = 0;
    sim::ResponseHead head;  // of the answer under way
  };

  void send(std::uint64_t id, sim::ClientConnection connection, WireRequest request);
  void send_call(std::uint64_t id);
  void end_request(std::uint64_t id, const WireEnd& end, Instant now);
  void end_call(std::uint64_t id, sim::ExchangeEnd end, const sim::AnswerBody& body, Instant now);
  void finish_request(std::uint64_t id);
  void do_deferred();
  const std::string& address_of(sim::ExitId exit) const;

  const SimulatedTargetOptions& options_;
  const TargetDescription& description_;
  const Credentials& credentials_;
  ApiDialect api_;
  std::vector<Record> records_;
  std::uint64_t order_ = 0;  // of the clients' sends and answers
  std::map<std::uint64_t, Request> requests_;
  std::map<std::uint64_t, Call> calls_;
  std::map<sim::ExchangeId, std::uint64_t> exchanges_;    // under way, to the id of the request or call
  std::map<std::string, std::string> origin_saw_from_;    // by token of a request under way, the exit's address
  std::set<std::pair<Instant, std::uint64_t>> patience_;  // when each is given up
  ClientConnections<sim::ClientConnection> connections_;
  // Sent and closed after the event that asked for it, so that the world is never called out of its own call.
  std::vector<std::uint64_t> to_continue_;
  std::vector<sim::ClientConnection> to_close_;
  bool may_be_closing_ = false;  // a kept connection whose answer was an error, of which the close comes after it
  sim::World world_;
};

}  // namespace pinproof::conformance
