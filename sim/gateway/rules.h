// What the reference gateway does, as data. The gateway interprets these rules; another vendor's behaviour, another reading of a
// promise and a deliberately wrong gateway are other values here, never other code.
//
// Rules are the defendant's. What was promised stands in the catalogue and in a history's header; the judge never sees rules.
// Read from JSON by parse_rules() in rules_json.h; shipped files: scenarios/rules/*.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/time.h"

namespace pinproof::sim {

/// A refusal or failure as the client sees it: a status, and a code in the error header.
struct ErrorReply {
  int status = 500;
  std::string code;
  bool close = false;  // close the client's connection after it
  bool operator==(const ErrorReply&) const = default;
};

/// Every error the gateway can give, named by its cause.
struct ErrorReplies {
  ErrorReply bad_request;  // the request target cannot be read
  ErrorReply credentials_missing;
  ErrorReply credentials_wrong;
  ErrorReply account_unknown;
  ErrorReply api_credentials;  // on the sessions API
  ErrorReply api_unknown;      // no such API resource or method
  ErrorReply api_session_unknown;
  ErrorReply user_name_malformed;
  ErrorReply region_unknown;
  ErrorReply state_without_region;
  ErrorReply city_without_state;
  ErrorReply session_incomplete;  // session without sesstime, or the reverse
  ErrorReply minutes_out_of_range;
  ErrorReply session_unknown;  // an incorrect session id
  ErrorReply session_limit;    // the account holds as many sessions as it may
  ErrorReply session_not_in_plan;
  ErrorReply control_header_malformed;
  ErrorReply domain_forbidden;
  ErrorReply connection_limit;
  ErrorReply request_rate_limit;
  ErrorReply delay_ceiling;  // would be held longer than the ceiling
  ErrorReply no_exit;        // nothing left in the matching pool
  ErrorReply exit_refused;
  ErrorReply exit_reset;
  ErrorReply exit_timed_out;
  ErrorReply exit_failed;  // the exit answered with an error of its own
};

/// Header fields of the dialect; an empty name is not sent and not understood.
struct HeaderNames {
  std::string error;
  std::string repinned;
  std::string exit_address;
  bool exit_address_has_port = false;
  std::string exit_geography;  // "us/ca/la"
  std::string exit_asn;
  std::string bytes_in;   // response body bytes, where known before the head is sent
  std::string bytes_out;  // request body bytes
  std::string request_id;
  std::string version;
  std::string version_value;
  std::string session;  // request: "create" or an id; response: the id
  std::string max_retries;
  std::string timeout;  // request: milliseconds an attempt
  std::string region;   // request: asks for a region; not together with a session
  std::string next_request_in;
};

/// What a user-name segment says.
enum class SegmentMeaning : std::uint8_t { kType, kRegion, kState, kCity, kAsn, kSession, kMinutes };

/// One "-name-value" of a user name. Segments come in the order of the rules; a value that does not fit makes the name malformed.
struct Segment {
  std::string name;
  SegmentMeaning meaning = SegmentMeaning::kType;
  std::string characters;  // allowed ones, with ranges: "a-z0-9"
  std::uint32_t length_min = 1;
  std::uint32_t length_max = 32;
  bool required = false;
};

/// How the account, the exit wanted and the session are said in the proxy user name. No segments: the whole name is the account's.
struct UserNameRules {
  std::string prefix;
  std::string account_characters = "a-z0-9";
  std::vector<Segment> segments;
  std::vector<std::string> regions;  // the known ones; empty: all that an exit has
  bool leading_zeros = false;        // accepted in minutes, where they make another key
};

enum class CredentialScope : std::uint8_t { kRequest, kConnection };

struct AuthenticationRules {
  std::string realm;
  CredentialScope judged_by = CredentialScope::kRequest;
  bool password_checked = true;
};

/// Parts of a request that can tell two sessions apart.
enum class KeyPart : std::uint8_t {
  kUserName,  // the whole string as sent; makes the narrower ones redundant
  kAccount,
  kType,
  kRegion,
  kState,
  kCity,
  kAsn,
  kSession,
  kMinutes,
  kMethod,  // CONNECT apart from plain requests
  kConnection,
};

enum class SessionSource : std::uint8_t { kUserName, kHeader };
enum class WindowKind : std::uint8_t { kAbsolute, kIdle };
enum class OverCap : std::uint8_t { kReject, kClamp, kHonour };
enum class PinMoment : std::uint8_t { kArrival, kAnswer };

struct WindowRules {
  WindowKind kind = WindowKind::kAbsolute;
  Duration minute{};  // what one minute of the user name lasts
  Duration length{};  // where the user name does not say; zero: it must
  std::uint32_t minutes_min = 1;
  std::uint32_t minutes_cap = 0;  // zero: none
  std::vector<ExitType> capped;   // the exit types under the cap
  OverCap over_cap = OverCap::kReject;
  bool cap_after_repin = true;
  bool restarts_on_repin = true;
  bool listing_extends = false;
};

enum class LossPolicy : std::uint8_t { kRepin, kEnd, kLiveOn };
enum class RepinPool : std::uint8_t { kMatching, kType, kAny };
enum class RepinChoice : std::uint8_t {
  kOther,  // never the exit just lost
  kAny,
  kSame,  // the exit just lost first
};
enum class LossReach : std::uint8_t { kSession, kRegion, kAll };
enum class Announcement : std::uint8_t { kFirstSuccess, kEveryResponse, kUntilWindowEnds, kInFlightFailure, kSilent };

struct LossRules {
  LossPolicy policy = LossPolicy::kRepin;
  RepinPool pool = RepinPool::kMatching;
  LossReach reach = LossReach::kSession;
  RepinChoice choice = RepinChoice::kOther;
  std::uint32_t picks_max = 32;  // exits tried inside one request before giving up
  Announcement announced = Announcement::kFirstSuccess;
  std::string announced_value = "true";
  bool announced_on_connect = true;
  bool expiry_announced = false;
  bool in_flight_retried = false;  // a transparent retry of the request that was in flight
};

struct SessionRules {
  SessionSource said_in = SessionSource::kUserName;
  std::vector<KeyPart> key;
  PinMoment pinned_at = PinMoment::kArrival;
  WindowRules window;
  LossRules loss;
  std::uint32_t limit_per_account = 0;  // zero: none
  bool deletion_frees_slot = true;
  bool expiry_frees_slot = true;
  bool expired_listed = false;
  bool owner_checked = true;  // another account's session is unknown
};

enum class RotationUnit : std::uint8_t { kConnection, kRequest };

struct RotationRules {
  RotationUnit unit = RotationUnit::kConnection;
  bool immediate_repeat = true;  // a fresh pick may be the exit used just before
};

enum class PacingScope : std::uint8_t { kExit, kExitAndDomain, kSession };
enum class PacingLaw : std::uint8_t { kQueue, kLinear, kMultiplicative, kNoGrowth };
enum class OverCeiling : std::uint8_t { kRefuse, kStillCeiling, kNoCeiling };
enum class AnnouncedDelay : std::uint8_t { kOwn, kNext };
enum class AnnouncedUnit : std::uint8_t { kSeconds, kMilliseconds };

struct DomainDelay {
  std::string domain;  // a host, or a parent domain of it
  Duration delay{};
};

/// How requests through one exit are spaced (C-PAC-1 to C-PAC-9). delay zero: not at all.
struct PacingRules {
  Duration delay{};
  std::vector<DomainDelay> domains;
  PacingScope scope = PacingScope::kExit;
  PacingLaw law = PacingLaw::kQueue;
  std::uint32_t growth_percent = 200;  // of the multiplicative law
  Duration ceiling{};
  OverCeiling over_ceiling = OverCeiling::kRefuse;
  Duration soft_limit{};
  AnnouncedDelay announced = AnnouncedDelay::kOwn;
  AnnouncedUnit announced_unit = AnnouncedUnit::kSeconds;
};

enum class RetryExit : std::uint8_t { kSame, kOther };

struct RetryRules {
  std::uint32_t outside_session = 0;  // retries after the first attempt, each through another exit
  bool after_forwarding = false;      // outside a session, also once the request has gone out
  std::uint32_t in_session = 0;
  std::uint32_t header_max = 0;         // the largest count that the header may ask for
  bool header_counts_attempts = false;  // the header's number includes the first attempt
  RetryExit session_exit = RetryExit::kSame;
  bool paced = true;  // a retry waits for its slot as a request does
};

enum class ConnectMode : std::uint8_t { kTunnel, kIntercept };

struct ForwardingRules {
  ConnectMode connect = ConnectMode::kTunnel;
  std::vector<std::string> stripped;           // request fields, beside the hop-by-hop ones
  std::vector<std::string> stripped_prefixes;  // request and response fields: the gateway's own name space
  std::string exit_error_mark;                 // a response with this field is the exit's own error, not the origin's
  Duration attempt_timeout{};
  Duration timeout_min{};  // range of the time-out header
  Duration timeout_max{};
  std::vector<std::string> forbidden_domains;
};

enum class ApiStyle : std::uint8_t { kIdMap, kSessionList };
enum class ApiAuthentication : std::uint8_t { kBasic, kBearer };

struct ApiRules {
  ApiStyle style = ApiStyle::kIdMap;
  ApiAuthentication authentication = ApiAuthentication::kBasic;
  std::string path;             // "/sessions"
  std::uint32_t page_size = 0;  // zero: all at once, which the id map always is
};

struct PlanRules {
  std::string name;
  bool sessions = true;
  std::uint32_t connections = 0;          // concurrent, zero: no limit
  std::uint32_t requests_per_second = 0;  // zero: no limit
};

/// A customer of the gateway. `name` is what scenarios call it; the secrets are of test accounts only.
struct Account {
  std::string name;
  std::string user;  // sub-user, or the API key
  std::string password;
  std::string api_token;  // of the sessions API, where that takes a bearer token
  std::string plan;
};

struct Rules {
  std::string name;
  std::string dialect;  // a label; nothing branches on it
  HeaderNames headers;
  ErrorReplies errors;
  UserNameRules user_name;
  AuthenticationRules authentication;
  SessionRules session;
  RotationRules rotation;
  PacingRules pacing;
  RetryRules retries;
  ForwardingRules forwarding;
  ApiRules api;
  std::vector<PlanRules> plans;
  std::vector<Account> accounts;
};

}  // namespace pinproof::sim
