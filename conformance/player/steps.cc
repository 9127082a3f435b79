#include "conformance/player/steps.h"

#include <algorithm>
#include <utility>

#include "conformance/history/labels.h"

namespace pinproof::conformance {
namespace {

std::string quoted(const std::string& label) { return "`" + label + "`"; }

const std::string& label_in(const Submission& submission) {
  return std::visit([](const auto& step) -> const std::string& { return step.label; }, submission);
}

const std::vector<Expectation>& expectations_in(const Submission& submission) {
  return std::visit([](const auto& step) -> const std::vector<Expectation>& { return step.expect; }, submission);
}

}  // namespace

StepPlayer::StepPlayer(const Scenario& scenario, Target& target, const PlayOptions& options, HistorySink& sink)
    : scenario_(scenario),
      target_(target),
      about_(target.description()),
      options_(options),
      sink_(sink),
      symbols_(scenario.id, options.seed),
      user_names_(about_.vocabulary.user_name) {}

MayFail StepPlayer::play(const Step& step) {
  pointer_ = step.pointer;
  MayFail failure = std::visit(*this, step.what);
  drain();
  return failure;
}

void StepPlayer::conclude() {
  for (const std::uint64_t id : begun_) target_.abandon(id);
  target_.settle();
  target_.complete_journals();
  drain();
}

void StepPlayer::salvage() {
  try {
    for (std::uint64_t id = 1; id < known_.next_id(); ++id) target_.abandon(id);
    drain();
  } catch (const TargetLost&) {
    // It is said already that it is lost. What it knew alone is lost with it; what the clients saw is not.
    hand_on();
  }
}

void StepPlayer::drain() {
  target_.take(records_);
  hand_on();
}

void StepPlayer::hand_on() {
  for (Record& record : records_) {
    known_.learn(record, about_.vocabulary);
    sink_.record(record);
  }
  records_.clear();
}

void StepPlayer::expect(const std::vector<Expectation>& expectations, const Labels& own) {
  drain();
  for (const Expectation& expectation : expectations) {
    Expected expected{expectation, target_.now()};
    if (expected.expectation.of.empty()) expected.expectation.of = own;
    sink_.record(expected);
  }
}

MayFail StepPlayer::operator()(const DoStep& step) {
  if (auto failure = send_all(sends_of(step.what))) return failure;
  const std::string& label = label_in(step.what);
  if (auto failure = wait_for(label)) return failure;
  expect(expectations_in(step.what), {label});
  return std::nullopt;
}

MayFail StepPlayer::operator()(const ParallelStep& step) {
  std::vector<Send> sends;
  Labels labels;
  for (const Submission& submission : step.what) {
    for (const Send& send : sends_of(submission)) sends.push_back(send);
    labels.push_back(label_in(submission));
  }
  if (auto failure = send_all(std::move(sends))) return failure;
  for (const std::string& label : labels) {
    if (auto failure = wait_for(label)) return failure;
  }
  for (const Submission& submission : step.what) expect(expectations_in(submission), {label_in(submission)});
  expect(step.expect, labels);
  return std::nullopt;
}

MayFail StepPlayer::operator()(const BeginStep& step) {
  if (auto failure = send_all(sends_of(step.what))) return failure;
  for (const std::uint64_t id : known_.ids(label_in(step.what))) begun_.push_back(id);
  target_.settle();
  return std::nullopt;
}

MayFail StepPlayer::operator()(const AwaitStep& step) {
  if (auto failure = wait_for(step.label)) return failure;
  expect(step.expect, {step.label});
  return std::nullopt;
}

MayFail StepPlayer::operator()(const ReleaseStep& step) {
  for (const std::uint64_t id : known_.ids(step.label)) target_.release(known_.sent(id).token);
  target_.settle();
  return std::nullopt;
}

MayFail StepPlayer::operator()(const AbandonStep& step) {
  for (const std::uint64_t id : known_.ids(step.label)) {
    target_.abandon(id);
    std::erase(begun_, id);
  }
  target_.settle();
  return std::nullopt;
}

MayFail StepPlayer::operator()(const CloseStep& step) {
  target_.close(step.actor, step.connection);
  target_.settle();
  return std::nullopt;
}

MayFail StepPlayer::operator()(const WaitStep& step) {
  Instant until = target_.now() + step.duration;
  if (!step.after.empty()) {
    const Sent* const after = known_.find(step.after);
    if (after == nullptr) return StepFailure{Verdict::kSetupFail, "nothing was sent as " + quoted(step.after)};
    until = after->sent_at + step.duration;
    if (until + about_.tolerance < target_.now()) {
      return StepFailure{Verdict::kSetupFail, sim::format_duration(step.duration) + " after " + quoted(step.after) +
                                                  " had passed already, by " +
                                                  sim::format_duration(target_.now() - until)};
    }
  }
  target_.wait_until(std::max(until, target_.now()));
  return std::nullopt;
}

MayFail StepPlayer::operator()(const ExitStep& step) {
  std::vector<sim::ExitId> exits;
  if (auto failure = exits_of(step.which, exits)) return failure;
  for (const sim::ExitId exit : exits) target_.act({exit, step.action, step.lasting, step.count, step.delay});
  target_.settle();
  return std::nullopt;
}

MayFail StepPlayer::operator()(const ExpectStep& step) {
  expect(step.expect, {});
  return std::nullopt;
}

MayFail StepPlayer::wait_for(const std::string& label) {
  const std::vector<std::uint64_t>& ids = known_.ids(label);
  if (ids.empty()) return StepFailure{Verdict::kSetupFail, "nothing was sent as " + quoted(label)};
  target_.wait_for(ids);
  for (const std::uint64_t id : ids) std::erase(begun_, id);
  return std::nullopt;
}

std::vector<StepPlayer::Send> StepPlayer::sends_of(const Submission& submission) const {
  std::uint32_t count = 1;
  Duration every{};
  if (const auto* const request = std::get_if<RequestStep>(&submission)) {
    count = request->count;
    every = request->every;
  } else {
    count = std::get<ApiStep>(submission).count;
  }
  std::vector<Send> sends;
  for (std::uint32_t i = 0; i < count; ++i) sends.push_back({&submission, count > 1 ? i + 1 : 0, every * i});
  return sends;
}

// In the order of their instants, and of the scenario where those are equal.
MayFail StepPlayer::send_all(std::vector<Send> sends) {
  if (known_.next_id() - 1 + sends.size() > options_.sent_max) {
    return StepFailure{Verdict::kHarnessError, "more than " + std::to_string(options_.sent_max) + " requests"};
  }
  const auto sooner = [](const Send& left, const Send& right) { return left.after < right.after; };
  if (!std::is_sorted(sends.begin(), sends.end(), sooner)) std::stable_sort(sends.begin(), sends.end(), sooner);
  const Instant begin = target_.now();
  const std::uint64_t first = known_.next_id();
  for (const Send& one : sends) {
    if (begin + one.after > target_.now()) target_.wait_until(begin + one.after);
    if (auto failure = send(one)) {
      // What went out before it is answered all the same.
      std::vector<std::uint64_t> sent;
      for (std::uint64_t id = first; id < known_.next_id(); ++id) sent.push_back(id);
      target_.wait_for(sent);
      return failure;
    }
  }
  return std::nullopt;
}

}  // namespace pinproof::conformance
