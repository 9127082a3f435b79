#include "conformance/explore/explore_job.h"

#include <iterator>
#include <utility>

#include "conformance/explore/steer.h"
#include "sim/core/digest.h"

namespace pinproof::conformance {
namespace {

std::vector<std::string> requirements_of(const Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const Requirement& one : catalogue.requirements) ids.push_back(one.id);
  return ids;
}

}  // namespace

ExploreJob::ExploreJob(std::unique_ptr<Target> target, const Catalogue& catalogue, const ExploreOptions& options,
                       const std::vector<CorpusCase>& corpus)
    : target_(std::move(target)),
      world_(small_world(target_->description())),
      watch_(world_, requirements_of(catalogue)),
      player_(catalogue, *target_, &watch_),
      options_(options),
      corpus_(corpus),
      id_(world_.dialect + "/explore/case"),
      keeper_(watch_.space().size()),
      replayed_(watch_.space().size()) {}

void ExploreJob::replay(const std::string& name, const CorpusCase& one) {
  if (!play({false, name, 0}, one)) return;
  for (const Feature feature : watch_.features()) replayed_[feature] = true;
}

void ExploreJob::play(std::uint64_t number) {
  const CorpusCase one{sim::digest_of(id_, options_.seed ^ number),
                       steered(options_.seed, number, corpus_, world_, options_.drawing)};
  const bool judged = play({true, "", number}, one);
  if (judged && options_.corpus != nullptr) keeper_.offer(number, one.play_seed, one.commands, watch_.features());
}

bool ExploreJob::play(const CaseOrigin& origin, const CorpusCase& one) {
  Lowered lowered = lower(one.commands, world_);
  lowered.scenario.id = id_;
  watch_.begin(one.commands, lowered);
  const Played played = player_.play(lowered.scenario, one.play_seed);
  for (const Finding& finding : played.judgement.findings) note(finding, origin, one.commands);
  lost_in_a_row_ = played.lost.empty() ? 0 : lost_in_a_row_ + 1;
  // A profile may allow fewer requests than a case has: nothing of it was sent.
  const Verdict verdict = played.judgement.verdict;
  const bool was_refused = verdict == Verdict::kNotTestable || verdict == Verdict::kNotSupported;
  if (!played.lost.empty() || was_refused) {
    troubles_.insert(was_refused ? played.judgement.reason : played.lost);
    if (troubles_.size() > kTroublesMax) troubles_.erase(std::prev(troubles_.end()));
  }
  // What was seen to be broken before the target was lost was judged.
  if (was_refused || (!played.lost.empty() && verdict != Verdict::kFail)) {
    ++unjudged_;
    return false;
  }
  watch_.end(played.left_out, played.judgement, target_->now());
  commands_ += one.commands.size();
  return true;
}

void ExploreJob::note(const Finding& finding, const CaseOrigin& origin, const Commands& commands) {
  if (finding.verdict != Verdict::kFail || finding.requirement.empty() || finding.sample) return;
  if (options_.ignored.contains(finding.requirement)) return;
  if (!options_.wanted.empty() && !options_.wanted.contains(finding.requirement)) return;
  std::string signature = signature_of(finding.reason);
  if (breaches_.wants(finding.requirement, signature, origin))
    breaches_.offer({finding.requirement, std::move(signature), origin, commands});
}

}  // namespace pinproof::conformance
