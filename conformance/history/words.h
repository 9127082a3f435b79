// The words that the enumerations of history.h have in its file and in messages; those of scenario.h are in scenario/words.h.
#pragma once

#include "conformance/history/history.h"
#include "conformance/scenario/words.h"

namespace pinproof::conformance {

inline constexpr Words<ClockKind, 3> kClockWords{
    {{"virtual", ClockKind::kVirtual}, {"controlled", ClockKind::kControlled}, {"wall", ClockKind::kWall}}};

inline constexpr Words<AnswerEnd, 5> kAnswerEndWords{{{"complete", AnswerEnd::kComplete},
                                                      {"cut", AnswerEnd::kCut},
                                                      {"closed", AnswerEnd::kClosed},
                                                      {"timed_out", AnswerEnd::kTimedOut},
                                                      {"abandoned", AnswerEnd::kAbandoned}}};

inline constexpr Words<ApiResult, 2> kApiResultWords{
    {{"answered", ApiResult::kAnswered}, {"no_answer", ApiResult::kNoAnswer}}};

inline constexpr Words<UpstreamEvent, 6> kUpstreamWords{{{"refused", UpstreamEvent::kRefused},
                                                         {"forwarded", UpstreamEvent::kForwarded},
                                                         {"answered", UpstreamEvent::kAnswered},
                                                         {"failed", UpstreamEvent::kFailed},
                                                         {"reset", UpstreamEvent::kReset},
                                                         {"closed", UpstreamEvent::kClosed}}};

/// What Trouble can say.
inline constexpr Words<Verdict, 4> kTroubleWords{{{"setup_fail", Verdict::kSetupFail},
                                                  {"harness_error", Verdict::kHarnessError},
                                                  {"not_testable", Verdict::kNotTestable},
                                                  {"not_supported", Verdict::kNotSupported}}};

}  // namespace pinproof::conformance
