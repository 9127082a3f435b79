#include "conformance/explore/case_player.h"

#include <variant>

#include "conformance/player/player.h"

namespace pinproof::conformance {
namespace {

class Fan final : public HistorySink {
 public:
  Fan(Judge& judge, HistorySink* also) : judge_(judge), also_(also) {}
  void header(const HistoryHeader& header) override {
    judge_.header(header);
    if (also_ != nullptr) also_->header(header);
  }
  void record(const Record& record) override {
    judge_.record(record);
    if (also_ != nullptr) also_->record(record);
    if (const auto* const seen = std::get_if<Observation>(&record)) {
      any_answered_ = any_answered_ || seen->status != 0 || seen->connect.has_value();
      if (unconnected_.empty() && seen->why.starts_with("cannot connect")) unconnected_ = seen->why;
    } else if (const auto* const call = std::get_if<ApiCall>(&record)) {
      any_answered_ = any_answered_ || call->status != 0;
    } else if (const auto* const trouble = std::get_if<Trouble>(&record)) {
      if (trouble->verdict == Verdict::kHarnessError) trouble_ = trouble->what;
    }
  }

  /// A gateway without a control is lost without a word: every client is turned away.
  std::string lost() const {
    if (!trouble_.empty() || any_answered_) return trouble_;
    return unconnected_;
  }

 private:
  Judge& judge_;
  HistorySink* also_;
  bool any_answered_ = false;
  std::string unconnected_;
  std::string trouble_;
};

}  // namespace

Played CasePlayer::play(const Scenario& scenario, std::uint64_t seed) {
  Played played;
  Judge judge(Samples::kLeftToTheRun, minor_, Expectations::kNone);  // a generated scenario has none
  Fan fan(judge, also_);
  PlayOptions options;
  options.seed = seed;
  options.on_unreachable = [&](const Step& step) {
    played.left_out.push_back(static_cast<std::size_t>(&step - scenario.steps.data()));
  };
  conformance::play(scenario, catalogue_, target_, options, fan);
  played.judgement = judge.conclude();
  played.lost = fan.lost();
  return played;
}

Judgement CasePlayer::play_strictly(const Scenario& scenario, std::uint64_t seed) {
  Judge judge(Samples::kLeftToTheRun, minor_);
  PlayOptions options;
  options.seed = seed;
  conformance::play(scenario, catalogue_, target_, options, judge);
  return judge.conclude();
}

}  // namespace pinproof::conformance
