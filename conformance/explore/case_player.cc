#include "conformance/explore/case_player.h"

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
  }

 private:
  Judge& judge_;
  HistorySink* also_;
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
