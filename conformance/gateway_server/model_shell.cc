#include "conformance/gateway_server/model_shell.h"

#include <utility>
#include <variant>

#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

std::uint64_t name_of(sim::RequestId id) { return static_cast<std::uint64_t>(id); }

bool ends_the_request(const sim::Effect& effect) {
  return std::holds_alternative<sim::Reply>(effect) || std::holds_alternative<sim::Intercept>(effect) ||
         std::holds_alternative<sim::Abort>(effect);
}

}  // namespace

ModelShell::ModelShell(mock_upstream::Site& site, sim::Rules rules, std::vector<sim::Exit> exits, std::uint64_t seed)
    : site_(site), rules_(std::move(rules)), exits_(std::move(exits)) {
  reset(seed);
}

ModelShell::~ModelShell() {
  if (alarm_) site_.clock.cancel(*alarm_);
}

void ModelShell::reset(std::uint64_t seed) {
  if (model_) received_before_ += model_->counters().received;
  model_ = std::make_unique<sim::Gateway>(rules_, exits_, seed);
  open_ = {};
  show_counters();
  arm();
}

sim::ConnectionId ModelShell::connect() { return model_->connect(); }

void ModelShell::disconnect(sim::ConnectionId connection) { model_->disconnect(connection); }

void ModelShell::request(const std::shared_ptr<GatewayExchange>& exchange, const sim::ArrivedRequest& arrived) {
  const sim::Instant now = catch_up();
  exchange->open(model_->request(arrived, now, effects_));
  open_.insert(name_of(exchange->id()), exchange);
  apply();
}

void ModelShell::answer(GatewayExchange& exchange, const sim::ResponseHead& head) {
  if (!exchange.is_open()) return;
  const std::uint32_t cancels = exchange.cancels();
  const sim::Instant now = catch_up();
  if (!exchange.is_open() || exchange.cancels() != cancels) return;  // its time was up
  model_->answer(exchange.id(), head, now, effects_);
  apply();
}

void ModelShell::attempt_failed(GatewayExchange& exchange, sim::AttemptFailure failure) {
  if (!exchange.is_open()) return;
  const std::uint32_t cancels = exchange.cancels();
  const sim::Instant now = catch_up();
  if (!exchange.is_open() || exchange.cancels() != cancels) return;
  model_->attempt_failed(exchange.id(), failure, now, effects_);
  apply();
}

void ModelShell::finished(GatewayExchange& exchange, std::uint64_t bytes_up, std::uint64_t bytes_down) {
  if (!exchange.is_open()) return;
  const sim::Instant now = catch_up();
  const sim::RequestId id = exchange.id();
  end(exchange);
  model_->finished(id, bytes_up, bytes_down, now);
  apply();
}

void ModelShell::client_gone(GatewayExchange& exchange) {
  if (!exchange.is_open()) return exchange.abandon();
  const sim::Instant now = catch_up();
  if (exchange.is_open()) {
    const sim::RequestId id = exchange.id();
    end(exchange);
    model_->client_gone(id, now, effects_);
    effects_.clear();  // a Cancel of what abandon() gives up
  }
  exchange.abandon();
  apply();
}

void ModelShell::refused_unheard() {
  ++received_before_;
  show_counters();
}

sim::GatewayCounters ModelShell::counters() const {
  sim::GatewayCounters counters = model_->counters();
  counters.received += received_before_;
  return counters;
}

// The model is never told of an instant before all that was due by then has happened: a wall clock rings late.
sim::Instant ModelShell::catch_up() {
  const sim::Instant now = site_.clock.now();
  if (model_->next_deadline() <= now) {
    model_->advance(now, effects_);
    apply();
  }
  return now;
}

// All effects are delivered before anybody is resumed: who is may ask the model again.
void ModelShell::apply() {
  sim::Effects effects = std::exchange(effects_, {});
  std::vector<std::shared_ptr<GatewayExchange>> waiting;
  for (sim::Effect& effect : effects) {
    const std::uint64_t name = std::visit([](const auto& each) { return name_of(each.request); }, effect);
    const std::shared_ptr<GatewayExchange>* const found = open_.find(name);
    PINPROOF_CHECK(found != nullptr, "an effect for request {}, which is not under way", name);
    const std::shared_ptr<GatewayExchange> exchange = *found;
    if (ends_the_request(effect)) end(*exchange);
    if (exchange->is_awaited()) waiting.push_back(exchange);
    exchange->deliver(std::move(effect));
  }
  show_counters();
  arm();
  for (const auto& each : waiting) each->wake();
  effects.clear();
  if (effects_.empty()) effects_ = std::move(effects);  // its memory is used again
}

void ModelShell::end(GatewayExchange& exchange) {
  open_.erase(name_of(exchange.id()));
  exchange.close();
}

void ModelShell::show_counters() {
  const sim::GatewayCounters now = counters();
  site_.activity.received = now.received;
  site_.activity.active = now.active;
  site_.activity.held = now.held;
}

// Whoever moves a controlled clock reads from it when something will happen, so there the alarm is exact. A wall clock's may ring for
// nothing: that costs less than to set it anew for every request.
void ModelShell::arm() {
  const sim::Instant next = model_->next_deadline();
  if (next == armed_for_) return;
  if (armed_for_ < next && !site_.clock.is_controlled()) return;
  if (alarm_) site_.clock.cancel(*alarm_);
  alarm_.reset();
  armed_for_ = next;
  if (next == sim::kNever) return;
  alarm_ = site_.clock.set(next, [this] {
    alarm_.reset();
    armed_for_ = sim::kNever;
    catch_up();
    arm();
  });
}

}  // namespace pinproof::conformance
