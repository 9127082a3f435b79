#include "conformance/target/simulated_target.h"

#include <utility>

#include "conformance/target/reference_gateway.h"
#include "conformance/target/simulated_session.h"

namespace pinproof::conformance {
SimulatedTarget::SimulatedTarget(SimulatedTargetOptions options)
    : options_(std::move(options)),
      description_(describe_reference(options_)),
      credentials_(secrets_of(options_.rules.accounts)),
      session_(std::make_unique<Session>(options_, description_, credentials_, options_.seed)) {}

SimulatedTarget::~SimulatedTarget() = default;

const TargetDescription& SimulatedTarget::description() const { return description_; }

void SimulatedTarget::reset(std::uint64_t seed) {
  session_ = std::make_unique<Session>(options_, description_, credentials_, seed);
}

Instant SimulatedTarget::now() const { return session_->now(); }

void SimulatedTarget::submit(Stimulus stimulus) { session_->submit(std::move(stimulus)); }

void SimulatedTarget::submit(const ApiStimulus& stimulus) { session_->submit(stimulus); }

void SimulatedTarget::wait_for(const std::vector<std::uint64_t>& ids) {
  for (const std::uint64_t id : ids) {
    while (session_->under_way(id)) {
      // Only a world that has used up its events has nothing left to run.
      if (!session_->step(sim::kNever)) session_->give_up(id, AnswerEnd::kTimedOut);
    }
  }
}

void SimulatedTarget::wait_until(Instant until) { session_->advance(until); }

void SimulatedTarget::settle() { session_->advance(session_->now()); }

void SimulatedTarget::act(const sim::ExitEvent& event) { session_->act(event); }

void SimulatedTarget::release(const std::string& token) { session_->release(token); }

void SimulatedTarget::abandon(std::uint64_t id) { session_->give_up(id, AnswerEnd::kAbandoned); }

void SimulatedTarget::close(const std::string& actor, const ConnectionChoice& connection) {
  session_->close(actor, connection);
}

void SimulatedTarget::take(std::vector<Record>& records) { session_->take(records); }

void SimulatedTarget::complete_journals() { session_->complete_journals(); }

}  // namespace pinproof::conformance
