// The model in its shell: one sim::Gateway, one alarm on the site's clock armed from its next deadline, and the exchanges that its
// effects are for. Every call takes the time from the clock, fires what was due before, and delivers what the model says.
//
// An exchange that is not open is passed over in silence: its client has gone, or the gateway was reset, and whatever its coroutine still
// finds out is nobody's concern.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "conformance/gateway_server/exchange.h"
#include "mock_upstream/site/site.h"
#include "sim/core/lookup_table.h"
#include "sim/gateway/gateway.h"

namespace pinproof::conformance {

class ModelShell {
 public:
  ModelShell(mock_upstream::Site& site, sim::Rules rules, std::vector<sim::Exit> exits, std::uint64_t seed);
  ~ModelShell();
  ModelShell(const ModelShell&) = delete;
  ModelShell& operator=(const ModelShell&) = delete;

  const sim::Rules& rules() const { return rules_; }
  const sim::Exit& exit(sim::ExitId exit) const { return exits_[sim::index_of(exit)]; }

  /// A model that knows of nothing: no exchange may be open, and the names of connections are void.
  void reset(std::uint64_t seed);

  sim::ConnectionId connect();
  void disconnect(sim::ConnectionId connection);

  void request(const std::shared_ptr<GatewayExchange>& exchange, const sim::ArrivedRequest& arrived);
  void answer(GatewayExchange& exchange, const sim::ResponseHead& head);
  void attempt_failed(GatewayExchange& exchange, sim::AttemptFailure failure);
  void finished(GatewayExchange& exchange, std::uint64_t bytes_up, std::uint64_t bytes_down);
  void client_gone(GatewayExchange& exchange);

  /// A request was refused before the model could hear of it: it counts as received, and answered.
  void refused_unheard();

  sim::GatewayCounters counters() const;
  sim::ExitId exit_of_session(std::string_view name) const { return model_->exit_of_session(name, site_.clock.now()); }

 private:
  sim::Instant catch_up();
  void apply();
  void end(GatewayExchange& exchange);
  void show_counters();
  void arm();

  mock_upstream::Site& site_;
  sim::Rules rules_;
  std::vector<sim::Exit> exits_;
  std::unique_ptr<sim::Gateway> model_;
  sim::LookupTable<std::uint64_t, std::shared_ptr<GatewayExchange>> open_;  // by the model's name of the request
  std::uint64_t received_before_ = 0;  // by models before a reset, or never heard of
  sim::Effects effects_;
  std::optional<mock_upstream::Clock::Alarm> alarm_;
  sim::Instant armed_for_ = sim::kNever;
};

}  // namespace pinproof::conformance
