// The words of scenarios and histories for the enumerations of scenario.h and expectation.h, in one place for readers
// and writers.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "conformance/scenario/scenario.h"
#include "sim/core/check.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

template <typename T, std::size_t N>
using Words = std::array<std::pair<std::string_view, T>, N>;

inline constexpr Words<Outcome, 5> kOutcomeWords{{{"served", Outcome::kServed},
                                                  {"refused", Outcome::kRefused},
                                                  {"upstream_error", Outcome::kUpstreamError},
                                                  {"unavailable", Outcome::kUnavailable},
                                                  {"delay_refused", Outcome::kDelayRefused}}};

inline constexpr Words<CredentialFault, 5> kCredentialWords{{{"good", CredentialFault::kNone},
                                                             {"missing", CredentialFault::kMissing},
                                                             {"wrong_password", CredentialFault::kWrongPassword},
                                                             {"unknown_account", CredentialFault::kUnknownAccount},
                                                             {"malformed", CredentialFault::kMalformed}}};

inline constexpr Words<Via, 2> kViaWords{{{"plain", Via::kPlain}, {"connect", Via::kConnect}}};

inline constexpr Words<RequestShape, 5> kShapeWords{{{"sound", RequestShape::kSound},
                                                     {"garbage", RequestShape::kGarbage},
                                                     {"two_lengths", RequestShape::kTwoLengths},
                                                     {"head_too_large", RequestShape::kHeadTooLarge},
                                                     {"half_head", RequestShape::kHalfHead}}};

/// The verbs of API steps.
inline constexpr Words<ApiOperation, 3> kApiWords{{{"create_session", ApiOperation::kCreate},
                                                   {"list_sessions", ApiOperation::kList},
                                                   {"delete_session", ApiOperation::kDelete}}};

/// The verbs of exit steps; the words of the upstream contract.
inline constexpr Words<sim::ExitAction, 6> kExitActionWords{{{"drop", sim::ExitAction::kDrop},
                                                             {"restore", sim::ExitAction::kRestore},
                                                             {"reset", sim::ExitAction::kReset},
                                                             {"fail", sim::ExitAction::kFail},
                                                             {"slow", sim::ExitAction::kSlow},
                                                             {"blackhole", sim::ExitAction::kBlackhole}}};

inline constexpr Words<sim::ExitType, 2> kExitTypeWords{
    {{"res", sim::ExitType::kResidential}, {"mob", sim::ExitType::kMobile}}};

template <typename T, std::size_t N>
constexpr std::string_view word_of(const Words<T, N>& words, T value) {
  for (const auto& [word, meaning] : words) {
    if (meaning == value) return word;
  }
  PINPROOF_CHECK(false, "no word for enumerator {}", static_cast<int>(value));
}

/// The value that a JSON string stands for; refused, with the words there are, when it is none of them.
template <typename T, std::size_t N>
T read_word(const sim::JsonReader& json, const Words<T, N>& words) {
  std::vector<std::string_view> texts;
  for (const auto& word : words) texts.push_back(word.first);
  return words[json.choose(texts)].second;
}

}  // namespace pinproof::conformance
