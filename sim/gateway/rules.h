// What the reference gateway does, as data. The gateway interprets these rules; another vendor's behaviour, another reading of a
// promise and a deliberately wrong gateway are other values here, never other code.
//
// Values that no reading allows are faults: they are there for deviations (scenarios/deviations) and stand at the end of each struct,
// with defaults, so that files of rules leave them out.
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
  bool exit_address_stale = false;  // fault: the first exit of a session, also after a re-pin (H-EXT-2)
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
  // Faults
  bool minutes_alone = false;                // accepted without a session, and mean nothing (H-STK-9)
  bool unknown_segments_ignored = false;     // "-country-us" (H-EXT-1)
  bool segments_in_any_order = false;        // (H-EXT-1)
  bool refused_names_open_sessions = false;  // of an account that exists (H-STK-11)
};

enum class CredentialScope : std::uint8_t { kRequest, kConnection };

struct AuthenticationRules {
  std::string realm;
  CredentialScope judged_by = CredentialScope::kRequest;
  bool password_checked = true;
  bool challenged = true;  // fault where not: 407 without Proxy-Authenticate (H-AUT-1)
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
  // Faults
  Duration grace{};          // of named sessions: the window is so much longer than was asked (H-STK-3)
  bool from_answer = false;  // time counts from the answer to the request that starts it (H-STK-3, C-SES-7)
};

enum class LossPolicy : std::uint8_t { kRepin, kEnd, kLiveOn };
enum class RepinPool : std::uint8_t { kMatching, kType, kAny };
enum class RepinChoice : std::uint8_t {
  kOther,  // the exit just lost only when there is no other: it may be back
  kAny,
  kSame,  // the exit just lost first
};
enum class LossReach : std::uint8_t { kSession, kRegion, kAll };
enum class Announcement : std::uint8_t {
  kFirstSuccess,
  kEachWaiting,  // fault: every request that was forwarded before the first success came (H-PIN-4)
  kEveryResponse,
  kUntilWindowEnds,
  kInFlightFailure,
  kSilent,
};

/// What a client gets of an answer that breaks off; the latter two are faults (H-PIN-9).
enum class CutAnswer : std::uint8_t {
  kClosed,
  kEnded,  // as if it were whole, of no length said before
  kHung,   // nothing more comes, nor an answer where none had begun
};

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
  CutAnswer cut_answer = CutAnswer::kClosed;
  // Faults
  std::vector<KeyPart> ignored;           // of what the user name asks for, in the pick of another exit (H-PIN-5)
  std::uint32_t repins_max = 0;           // a session's; after them it finds no exit; zero: any number (H-PIN-6)
  bool announced_once_a_session = false;  // the first re-pin, and no later one (H-PIN-6)
  bool window_from_loss = false;          // the new window counts from when the loss was noticed (H-PIN-3)
  bool outlives_window = false;           // what was lost in one window is announced in the next (H-PIN-11)
  bool exhausted_for_good = false;        // a session that found no exit once finds none again (H-PIN-12)
};

/// What the next request under the user name of a session that is over gets; all but a new session are faults (H-STK-4).
enum class AfterExpiry : std::uint8_t { kNew, kSameExit, kRefused, kRotating };

/// What an id that names no session gets; all but a refusal are faults (C-SES-4).
enum class UnknownId : std::uint8_t { kRefused, kCreated, kRotating };

struct SessionRules {
  SessionSource said_in = SessionSource::kUserName;
  std::vector<KeyPart> key;  // of named sessions; an issued one is its id
  PinMoment pinned_at = PinMoment::kArrival;
  WindowRules window;
  LossRules loss;
  std::uint32_t limit_per_account = 0;  // zero: none
  bool deletion_frees_slot = true;
  bool expiry_frees_slot = true;
  bool expired_listed = false;
  bool owner_checked = true;  // another account's session is unknown
  AfterExpiry after_expiry = AfterExpiry::kNew;
  UnknownId unknown_id = UnknownId::kRefused;
  // Faults
  std::vector<KeyPart> ignored;   // of what the user name asks for, in the first pick (H-ROT-5)
  std::uint32_t moves_after = 0;  // requests, then it is moved to another exit; zero: never (H-STK-1, C-SES-2)
  bool moves_announced = false;   // as a re-pin (H-PIN-10)
  bool exits_exclusive = false;   // an exit has one session at a time, and no more come when all have (H-KEY-4)
  std::uint32_t kept_max = 0;     // more end the oldest; zero: no limit (H-POOL-1)
  bool window_inherited = false;  // a new one ends with the account's last, where that is sooner (H-POOL-2)
  bool created_id_told = true;    // in the answer to "create" (C-SES-1)
  bool concurrent_creations_share =
      false;                             // "create" before the account's last one was answered gives its id (C-SES-1)
  bool creation_elsewhere = false;       // "create" leaves through another exit than what follows (C-SES-2)
  bool exit_a_host = false;              // each host of an issued session has an exit of its own (C-SES-12)
  bool limit_over_all = false;           // all accounts together have the limit of one (C-SES-10)
  bool refused_creations_count = false;  // towards the limit, for ever (C-SES-9)
  bool id_told_on_errors = true;         // (C-EXT-1)
};

enum class RotationUnit : std::uint8_t { kConnection, kRequest };

struct RotationRules {
  RotationUnit unit = RotationUnit::kConnection;
  bool immediate_repeat = true;  // a fresh pick may be the exit used just before; in a pool of one it has to be
  // Faults
  std::uint32_t connections_an_exit = 1;  // so many of an account in a row share an exit; zero: all (H-ROT-1)
  bool exit_kept_on_close = false;        // a client that closes comes back through the same (H-ROT-3)
  std::vector<KeyPart> ignored;           // of what the user name asks for (H-ROT-5)
  bool announced = false;                 // as if every exit were a re-pin (H-ROT-6)
};

enum class PacingScope : std::uint8_t {
  kExit,
  kExitAndDomain,
  kSession,
  kGateway,  // fault: one lane for all exits (C-PAC-8)
};
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
  // Faults
  bool sessions_only = false;  // requests outside sessions go out at once (C-PAC-1)
  bool reset_by_next =
      false;                  // a request over the limit starts the queue again from its own arrival (C-PAC-1, C-PAC-4)
  Duration recovery{};        // a lane once at the soft limit holds requests this long after it is free (C-PAC-7)
  bool newest_first = false;  // of those that wait for one exit (C-PAC-9)
  bool forwarded_twice = false;  // what has waited (C-PAC-9)
  bool announced_once = false;   // the first response at the soft limit, and none after it (C-PAC-5)
  bool retry_after_told = true;  // to who is refused at the ceiling (C-PAC-3)
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
  // Faults
  std::uint32_t header_plus = 0;               // retries beyond what the header asks for (C-RET-2)
  bool header_in_session = true;               // heeded there (C-RET-2)
  bool malformed_ignored = false;              // as if the header were not there (C-RET-4)
  RetryExit outside_exit = RetryExit::kOther;  // outside a session (C-RET-3)
};

enum class ConnectMode : std::uint8_t {
  kTunnel,
  kIntercept,
  kInterceptRotating,  // of requests without a session only: with rotation by request, a fault (H-ROT-4)
};

/// Whose cookies a gateway keeps and sends again, which it must not (H-NOT-2, G-1).
enum class CookieJar : std::uint8_t { kNone, kSession, kAccount, kExit };

struct SetField {
  std::string name;
  std::string value;
};

struct ForwardingRules {
  ConnectMode connect = ConnectMode::kTunnel;
  std::vector<std::string> stripped;           // request fields, beside the hop-by-hop ones
  std::vector<std::string> stripped_prefixes;  // request and response fields: the gateway's own name space
  std::string exit_error_mark;                 // a response with this field is the exit's own error, not the origin's
  Duration attempt_timeout{};
  Duration timeout_min{};  // range of the time-out header
  Duration timeout_max{};
  std::vector<std::string> forbidden_domains;
  // Faults
  CookieJar cookies_kept = CookieJar::kNone;
  std::vector<std::string> carried;  // fields that a session sends again with requests that lack them (H-NOT-2)
  std::vector<SetField> set;         // in every request, in place of the client's (G-1)
  bool hop_by_hop = false;           // hop-by-hop fields go on to the origin (G-1)
  std::uint32_t session_bytes_percent = 100;  // told and billed, of what went through sessions (H-NOT-1)
};

enum class ApiStyle : std::uint8_t { kIdMap, kSessionList };
enum class ApiAuthentication : std::uint8_t { kBasic, kBearer };

struct ApiRules {
  ApiStyle style = ApiStyle::kIdMap;
  ApiAuthentication authentication = ApiAuthentication::kBasic;
  std::string path;             // "/sessions"
  std::uint32_t page_size = 0;  // zero: all at once, which the id map always is
  // Faults
  bool credentials_checked = true;  // otherwise any do, for the first account (H-EXT-3, C-SES-14)
  bool created_usable = true;       // what POST gives, in the header (C-SES-3)
  bool creation_limited = true;     // by the account's limit of sessions (C-SES-9)
  bool deletion_ends = true;        // the session (C-SES-6, H-EXT-3)
  bool deletion_ends_all = false;   // of the account (C-SES-6, H-EXT-3)
  bool unknown_deleted = false;     // told so of an id that is unknown (C-SES-6)
  bool own_only = true;             // lists have the sessions of the account that asks (C-SES-5, H-EXT-3)
  bool listed_exit_other = false;   // the address is that of another exit (C-SES-5, H-EXT-3)
  bool repin_listed = true;         // (H-EXT-3)
  bool pages_lose_one = false;      // between one page and the next (H-EXT-3)
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
