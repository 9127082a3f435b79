// Watches the history of one case after the other, beside the judge, and decides nothing: counts what was exercised, and says of each case
// which features it has.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "conformance/explore/command.h"
#include "conformance/explore/coverage.h"
#include "conformance/explore/feature.h"
#include "conformance/explore/lower.h"
#include "conformance/history/history_sink.h"
#include "conformance/judge/judge.h"

namespace pinproof::conformance {

class CoverageWatch final : public HistorySink {
 public:
  /// `requirements`: those that are features.
  explicit CoverageWatch(const SmallWorld& world, std::vector<std::string> requirements = {});

  /// Both stay where they are until end().
  void begin(const Commands& commands, const Lowered& lowered);
  void header(const HistoryHeader&) override {}
  void record(const Record& record) override;
  /// The case is over.
  void end(const std::vector<std::size_t>& left_out, const Judgement& judgement, Instant now);

  const Coverage& coverage() const { return coverage_; }

  /// Of the last case, each once, in the order of their first time.
  const std::vector<Feature>& features() const { return features_; }
  const FeatureSpace& space() const { return space_; }

 private:
  struct Session {
    SessionState state = SessionState::kNone;
    std::string exit;
    Instant opened;
    Instant last;
    std::uint64_t answered_order = 0;
    std::optional<std::size_t> before;  // the last transition
  };

  int key_of(const std::string& label) const;
  SessionState state_at(std::size_t key, Instant at) const;
  /// Without a key: of a session that nobody has named.
  void count(SessionState state, SessionEvent event, Session* session);
  void note(Feature feature);
  std::optional<std::size_t> boundary_at(std::size_t step) const;
  std::optional<std::size_t> waited_before(const std::string& pointer) const;
  void seen(const Observation& seen);
  void acted(const ExitActed& acted);
  void called(const ApiCall& call);

  const SmallWorld& world_;
  FeatureSpace space_;
  Coverage coverage_;
  const Commands* commands_ = nullptr;
  const Lowered* lowered_ = nullptr;
  std::vector<Feature> features_;
  std::vector<std::uint64_t> noted_;  // by feature: the case that last noted it, from 1
  std::uint64_t case_ = 0;
  std::optional<std::size_t> waited_;  // the boundary right before what is seen
  std::vector<Session> sessions_;      // by key
  std::vector<std::uint8_t> used_;
};

}  // namespace pinproof::conformance
