// Carries out the steps of one scenario, one after the other. Only the player's own sources include this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "conformance/history/history_sink.h"
#include "conformance/player/known.h"
#include "conformance/player/player.h"
#include "conformance/player/symbols.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

/// Why a step could not be carried out.
struct StepFailure {
  Verdict verdict = Verdict::kSetupFail;
  std::string what;
};

using MayFail = std::optional<StepFailure>;

class StepPlayer {
 public:
  StepPlayer(const Scenario& scenario, Target& target, const PlayOptions& options, HistorySink& sink);

  MayFail play(const Step& step);
  /// Gives up what was begun and never awaited, and hands over what is still to be known.
  void conclude();
  /// The same of a target that is lost, as far as it goes: nothing is waited for.
  void salvage();

  // One for each kind of step.
  MayFail operator()(const DoStep& step);
  MayFail operator()(const ParallelStep& step);
  MayFail operator()(const BeginStep& step);
  MayFail operator()(const AwaitStep& step);
  MayFail operator()(const ReleaseStep& step);
  MayFail operator()(const AbandonStep& step);
  MayFail operator()(const CloseStep& step);
  MayFail operator()(const WaitStep& step);
  MayFail operator()(const ExitStep& step);
  MayFail operator()(const ExpectStep& step);

 private:
  /// One of a burst, and when it is sent after the step's begin.
  struct Send {
    const Submission* what = nullptr;
    std::uint32_t index = 0;  // from 1; 0: no burst
    Duration after{};
  };

  std::vector<Send> sends_of(const Submission& submission) const;
  MayFail send_all(std::vector<Send> sends);
  MayFail send(const Send& send);
  MayFail send(const RequestStep& step, const Send& send);
  MayFail send(const ApiStep& step, const Send& send);
  MayFail session_of(const IssuedSession& session, std::string& into) const;
  MayFail exits_of(const ExitSelector& which, std::vector<sim::ExitId>& into) const;
  MayFail wait_for(const std::string& label);
  std::string path_of(const RequestStep& step, const std::string& token) const;
  std::string label_of(const std::string& label, const Send& send) const;
  std::string burst_of(const std::string& label, const Send& send) const;
  void expect(const std::vector<Expectation>& expectations, const Labels& own);
  void drain();
  void hand_on();

  const Scenario& scenario_;
  Target& target_;
  const TargetDescription& about_;
  const PlayOptions& options_;
  HistorySink& sink_;
  Symbols symbols_;
  UserNameTemplate user_names_;
  Known known_;
  std::string pointer_;               // of the step under way
  std::vector<std::uint64_t> begun_;  // and not awaited
  std::vector<Record> records_;       // taken, and not handed on yet
};

}  // namespace pinproof::conformance
