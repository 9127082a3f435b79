// What was seen, in the order in which it became known: the one thing that the judge reads. Shipped scenarios, generated ones, load
// and a recorded log of production traffic are all just sources of a history.
//
// On disk: JSON Lines, append-only, a header and then records (history_json.h reads and writes it). Everything that a monitor needs
// is in the file. Credentials never are: accounts have symbolic names, and user names carry "{account}" in place of the account's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "conformance/catalogue/capability.h"
#include "conformance/catalogue/catalogue.h"
#include "conformance/history/verdict.h"
#include "conformance/history/vocabulary.h"
#include "conformance/scenario/scenario.h"
#include "sim/core/exit.h"
#include "sim/core/time.h"
#include "sim/http/message.h"

namespace pinproof::conformance {

inline constexpr int kHistoryVersion = 1;

enum class ClockKind : std::uint8_t { kVirtual, kControlled, kWall };

struct HistoryHeader {
  int version = kHistoryVersion;
  std::string program;   // "pinproof 0.1.0"
  std::string scenario;  // id; empty for a log of other traffic
  std::string title;
  std::vector<std::string> requirements;  // that the scenario speaks for; empty: any that the history exercises
  std::string dialect;
  std::string target;       // "reference gateway"
  std::string target_kind;  // "sim", "lab", "profile"
  std::uint64_t seed = 0;
  ClockKind clock = ClockKind::kVirtual;
  double clock_scale = 1.0;  // of a wall clock that runs fast
  std::string epoch;         // RFC 3339 time of instant zero; empty on a virtual clock
  Duration tolerance{};      // how far instants may be off
  Readings readings;
  Promises promised;
  Vocabulary vocabulary;
  Capabilities capabilities;
  std::vector<sim::Exit> exits;  // the known ones; port 0: see `varying`
  /// What differs from run to run although nothing else does, by name: ports, above all. The key "volatile" on disk.
  std::map<std::string, std::string> varying;
  std::vector<std::string> not_offered;  // ids of requirements, or globs of them, that are not judged
};

/// Whether the request came back, as the client saw it.
enum class AnswerEnd : std::uint8_t {
  kComplete,   // head and whole body
  kCut,        // the connection closed inside the answer
  kClosed,     // closed without an answer
  kTimedOut,   // the client stopped waiting: whether the gateway took it is unknown
  kAbandoned,  // the scenario gave it up
};

/// The gateway's own reply to CONNECT.
struct ConnectReply {
  int status = 0;
  sim::Headers headers;
  bool operator==(const ConnectReply&) const = default;
};

/// A request and what came of it. The instant at the gateway is unknown: it lies between `sent_at` and `answered_at`. Where CONNECT
/// was refused, that reply is the answer, and `connect` holds it too.
struct Observation {
  std::uint64_t id = 0;  // in order of sending, from 1
  std::string label;
  std::string step;  // JSON pointer into the scenario
  std::string actor;
  std::string account;  // symbolic
  CredentialFault credentials = CredentialFault::kNone;
  std::string connection;  // symbolic, unique in the history: "c7"
  bool connection_reused = false;
  Via via = Via::kPlain;
  bool inside_tunnel = false;  // sent through a tunnel that an earlier observation opened
  RequestShape shape = RequestShape::kSound;
  std::string user_name;  // as sent, with {account}; empty where the dialect has none
  std::string session;    // as sent in the session header: "create", an id, or empty
  std::string method;
  std::string host;
  std::string path;
  std::string token;
  sim::Headers sent;             // what the client sent, without credentials
  std::uint64_t sent_bytes = 0;  // of the request body
  std::uint64_t sent_digest = 0;
  Instant sent_at;
  Instant answered_at;           // head of the answer; end of waiting where none came
  Instant ended_at;              // last byte, or the close
  std::uint64_t sent_order = 0;  // in the client's own order of sends and answers, which tells requests at one instant
  std::uint64_t answered_order = 0;  // apart; 0: not known
  AnswerEnd end = AnswerEnd::kComplete;
  std::string why;  // it is not complete, in words, where there is more to say: "TLS: the certificate is refused: …"
  int status = 0;   // 0: no answer
  sim::Headers headers;
  std::optional<ConnectReply> connect;
  std::uint64_t body_bytes = 0;
  std::uint64_t body_digest = 0;
  std::optional<std::uint64_t> body_declared;  // Content-Length
  std::string exit_by_origin;                  // address that the origin saw; empty: not known from there
  std::string exit_by_header;                  // address that the gateway claims
};

enum class ApiResult : std::uint8_t { kAnswered, kNoAnswer };

/// A session as the API lists it.
struct ListedSession {
  std::string id;
  std::string exit;                           // address
  std::map<std::string, std::string> fields;  // where the listing tells more (started_at, repinned, …)
  bool operator==(const ListedSession&) const = default;
};

/// A call of the sessions API.
struct ApiCall {
  std::uint64_t id = 0;  // shares its numbering with observations
  std::string label;
  std::string step;
  std::string actor;
  std::string account;
  CredentialFault credentials = CredentialFault::kNone;
  ApiOperation operation = ApiOperation::kList;
  std::string session;    // of kDelete
  std::string user_name;  // of kDelete and kList by user
  Instant sent_at;
  Instant answered_at;
  std::uint64_t sent_order = 0;  // as an observation's
  std::uint64_t answered_order = 0;
  ApiResult result = ApiResult::kAnswered;
  int status = 0;
  sim::Headers headers;
  std::string created;                // id, of kCreate
  std::vector<ListedSession> listed;  // of kList
  bool malformed = false;             // the body is not what the operation promises
};

/// Something was done to an exit.
struct ExitActed {
  std::string exit;  // address
  sim::ExitAction action = sim::ExitAction::kDrop;
  std::optional<Duration> lasting;
  std::optional<std::uint32_t> count;
  Duration delay{};
  Instant at;
  std::uint64_t order = 0;  // its place in the client's own order, see Observation; 0: not known
};

enum class UpstreamEvent : std::uint8_t {
  kRefused,    // nobody listened
  kForwarded,  // a request, or a CONNECT, came
  kAnswered,   // its answer went back, or began to
  kFailed,     // the exit gave its own error; whether kForwarded was told before it depends on the upstream
  kReset,      // the exit reset the connection
  kClosed,     // the gateway closed it, or a tunnel ended
};

/// What an upstream saw. The token ties it to an observation.
struct UpstreamSaw {
  std::string exit;
  UpstreamEvent event = UpstreamEvent::kForwarded;
  std::string method;
  std::string host;  // symbolic, as in Observation::host
  std::string token;
  Instant at;
};

struct OriginSaw {
  std::string from;  // address
  std::string method;
  std::string path;
  std::string token;
  sim::Headers headers;  // secrets redacted
  std::uint64_t body_bytes = 0;
  std::uint64_t body_digest = 0;
  Instant at;
};

/// The journals of upstreams and origin are in the history up to this instant.
struct JournalComplete {
  Instant at;
};

/// An expectation of the scenario; its labels name records above.
struct Expected {
  Expectation expectation;
  Instant at;
};

/// The scenario could not be played on, or the harness failed.
struct Trouble {
  Verdict verdict = Verdict::kHarnessError;  // or kSetupFail, kNotTestable, kNotSupported
  std::string step;
  std::string what;
  Instant at;
};

using Record =
    std::variant<Observation, ApiCall, ExitActed, UpstreamSaw, OriginSaw, JournalComplete, Expected, Trouble>;

struct History {
  HistoryHeader header;
  std::vector<Record> records;
  bool complete = true;  // false: the last line was cut off (a crash), or the run was interrupted
};

}  // namespace pinproof::conformance
