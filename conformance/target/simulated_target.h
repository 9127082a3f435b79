// The simulated target: the reference gateway, the pool and the origin in process, on virtual time. Exact: instants have no tolerance,
// every exit and every attempt is seen, and the same options, seed and calls give the same records, byte for byte.
//
// `rules` are what the gateway does; readings, promises and vocabulary are what it promised, and go into the history's header. They
// come from different places on purpose: a deviation changes the former only.
#pragma once

#include <memory>
#include <vector>

#include "conformance/target/credentials.h"
#include "conformance/target/target.h"
#include "sim/core/exit.h"
#include "sim/gateway/rules.h"

namespace pinproof::conformance {

struct SimulatedTargetOptions {
  sim::Rules rules;
  std::vector<sim::Exit> exits;
  Readings readings;
  Promises promised;
  Vocabulary vocabulary;
  std::uint64_t seed = 1;
  /// A client gives up so long after the longest delay promised: room for the time-outs of six attempts of 30 s, and as much again.
  Duration patience = std::chrono::minutes(6);
};

class SimulatedTarget final : public Target {
 public:
  explicit SimulatedTarget(SimulatedTargetOptions options);
  ~SimulatedTarget() override;

  const TargetDescription& description() const override;
  void reset(std::uint64_t seed) override;
  Instant now() const override;
  void submit(Stimulus stimulus) override;
  void submit(const ApiStimulus& stimulus) override;
  void wait_for(const std::vector<std::uint64_t>& ids) override;
  void wait_until(Instant until) override;
  void settle() override;
  void act(const sim::ExitEvent& event) override;
  void release(const std::string& token) override;
  void abandon(std::uint64_t id) override;
  void close(const std::string& actor, const ConnectionChoice& connection) override;
  void take(std::vector<Record>& records) override;
  void complete_journals() override;

 private:
  class Session;  // one world, from a reset to the next

  SimulatedTargetOptions options_;
  TargetDescription description_;
  Credentials credentials_;
  std::unique_ptr<Session> session_;
};

}  // namespace pinproof::conformance
