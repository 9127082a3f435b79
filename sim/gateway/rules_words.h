// The words that rules files use for the gateway's choices.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "sim/gateway/rules.h"

namespace pinproof::sim::words {

template <class Choice>
using Words = std::initializer_list<std::pair<std::string_view, Choice>>;

inline const Words<SegmentMeaning> kSegmentMeaning = {
    {"type", SegmentMeaning::kType},       {"region", SegmentMeaning::kRegion}, {"state", SegmentMeaning::kState},
    {"city", SegmentMeaning::kCity},       {"asn", SegmentMeaning::kAsn},       {"session", SegmentMeaning::kSession},
    {"minutes", SegmentMeaning::kMinutes},
};
inline const Words<CredentialScope> kCredentialScope = {{"request", CredentialScope::kRequest},
                                                        {"connection", CredentialScope::kConnection}};
inline const Words<KeyPart> kKeyPart = {
    {"user_name", KeyPart::kUserName},
    {"account", KeyPart::kAccount},
    {"type", KeyPart::kType},
    {"region", KeyPart::kRegion},
    {"state", KeyPart::kState},
    {"city", KeyPart::kCity},
    {"asn", KeyPart::kAsn},
    {"session", KeyPart::kSession},
    {"minutes", KeyPart::kMinutes},
    {"method", KeyPart::kMethod},
    {"connection", KeyPart::kConnection},
};
inline const Words<SessionSource> kSessionSource = {{"user_name", SessionSource::kUserName},
                                                    {"header", SessionSource::kHeader}};
inline const Words<WindowKind> kWindowKind = {{"absolute", WindowKind::kAbsolute}, {"idle", WindowKind::kIdle}};
inline const Words<OverCap> kOverCap = {
    {"reject", OverCap::kReject}, {"clamp", OverCap::kClamp}, {"honour", OverCap::kHonour}};
inline const Words<PinMoment> kPinMoment = {{"arrival", PinMoment::kArrival}, {"answer", PinMoment::kAnswer}};
inline const Words<LossPolicy> kLossPolicy = {
    {"repin", LossPolicy::kRepin}, {"end", LossPolicy::kEnd}, {"live_on", LossPolicy::kLiveOn}};
inline const Words<RepinPool> kRepinPool = {
    {"matching", RepinPool::kMatching}, {"type", RepinPool::kType}, {"any", RepinPool::kAny}};
inline const Words<RepinChoice> kRepinChoice = {
    {"other", RepinChoice::kOther}, {"any", RepinChoice::kAny}, {"same", RepinChoice::kSame}};
inline const Words<LossReach> kLossReach = {
    {"session", LossReach::kSession}, {"region", LossReach::kRegion}, {"all", LossReach::kAll}};
inline const Words<Announcement> kAnnouncement = {
    {"first_success", Announcement::kFirstSuccess},        {"each_waiting", Announcement::kEachWaiting},
    {"every_response", Announcement::kEveryResponse},      {"until_window_ends", Announcement::kUntilWindowEnds},
    {"in_flight_failure", Announcement::kInFlightFailure}, {"never", Announcement::kSilent},
};
inline const Words<CutAnswer> kCutAnswer = {
    {"closed", CutAnswer::kClosed}, {"ended", CutAnswer::kEnded}, {"hung", CutAnswer::kHung}};
inline const Words<AfterExpiry> kAfterExpiry = {{"new", AfterExpiry::kNew},
                                                {"same_exit", AfterExpiry::kSameExit},
                                                {"refused", AfterExpiry::kRefused},
                                                {"rotating", AfterExpiry::kRotating}};
inline const Words<UnknownId> kUnknownId = {
    {"refused", UnknownId::kRefused}, {"created", UnknownId::kCreated}, {"rotating", UnknownId::kRotating}};
inline const Words<CookieJar> kCookieJar = {{"none", CookieJar::kNone},
                                            {"session", CookieJar::kSession},
                                            {"account", CookieJar::kAccount},
                                            {"exit", CookieJar::kExit}};
inline const Words<RotationUnit> kRotationUnit = {{"connection", RotationUnit::kConnection},
                                                  {"request", RotationUnit::kRequest}};
inline const Words<PacingScope> kPacingScope = {{"exit", PacingScope::kExit},
                                                {"exit_and_domain", PacingScope::kExitAndDomain},
                                                {"session", PacingScope::kSession},
                                                {"gateway", PacingScope::kGateway}};
inline const Words<PacingLaw> kPacingLaw = {{"queue", PacingLaw::kQueue},
                                            {"linear", PacingLaw::kLinear},
                                            {"multiplicative", PacingLaw::kMultiplicative},
                                            {"no_growth", PacingLaw::kNoGrowth}};
inline const Words<OverCeiling> kOverCeiling = {{"refuse", OverCeiling::kRefuse},
                                                {"still_ceiling", OverCeiling::kStillCeiling},
                                                {"no_ceiling", OverCeiling::kNoCeiling}};
inline const Words<AnnouncedDelay> kAnnouncedDelay = {{"own", AnnouncedDelay::kOwn}, {"next", AnnouncedDelay::kNext}};
inline const Words<AnnouncedUnit> kAnnouncedUnit = {{"seconds", AnnouncedUnit::kSeconds},
                                                    {"milliseconds", AnnouncedUnit::kMilliseconds}};
inline const Words<RetryExit> kRetryExit = {{"same", RetryExit::kSame}, {"other", RetryExit::kOther}};
inline const Words<ConnectMode> kConnectMode = {{"tunnel", ConnectMode::kTunnel},
                                                {"intercept", ConnectMode::kIntercept},
                                                {"intercept_rotating", ConnectMode::kInterceptRotating}};
inline const Words<ApiStyle> kApiStyle = {{"id_map", ApiStyle::kIdMap}, {"session_list", ApiStyle::kSessionList}};
inline const Words<ApiAuthentication> kApiAuthentication = {{"basic", ApiAuthentication::kBasic},
                                                            {"bearer", ApiAuthentication::kBearer}};

}  // namespace pinproof::sim::words
