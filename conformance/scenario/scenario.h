// A scenario: steps on named actors, and what is expected of them. The unit that people write, read and share; a
// counterexample is one too. It does not know which target it plays on. Read by parse_scenario() in scenario_json.h;
// docs/scenarios.md is for authors.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/scenario/expectation.h"
#include "sim/core/exit.h"
#include "sim/core/time.h"
#include "sim/pool/pool.h"

namespace pinproof::conformance {

/// The proxy user name, by parts or raw. "@id" in `session` is symbolic: the run makes it unique, the same "@id" is
/// the same session id throughout the scenario. In `raw`, "{account}" stands for the account's user.
struct UserName {
  std::optional<std::string> raw;
  std::string type = "res";
  std::string region = "us";
  std::string state;
  std::string city;
  std::string asn;
  std::string session;
  std::string minutes;
  bool operator==(const UserName&) const = default;
};

enum class CredentialFault : std::uint8_t { kNone, kMissing, kWrongPassword, kUnknownAccount, kMalformed };

/// The session of a dialect whose gateway issues ids: none, a new one, the one that an earlier step was given, or a
/// literal.
struct IssuedSession {
  enum class Kind : std::uint8_t { kNone, kCreate, kOf, kRaw };
  Kind kind = Kind::kNone;
  std::string value;  // label, or the raw id
  bool operator==(const IssuedSession&) const = default;
};

enum class Via : std::uint8_t { kPlain, kConnect };

/// How a request looks as bytes. Anything but a sound one is broken on purpose and speaks for G-3 alone.
enum class RequestShape : std::uint8_t {
  kSound,
  kGarbage,       // no HTTP
  kTwoLengths,    // framed in two ways at once (RFC 9112, 6.3): where it ends is a matter of opinion
  kHeadTooLarge,  // more than any server has to read
  kHalfHead,      // half of its head, and then nothing: a slow client
};

/// Which TCP connection a request goes on. kKept: the actor's own one, opened when first used. kNamed: shared by name.
struct ConnectionChoice {
  enum class Kind : std::uint8_t { kNew, kKept, kNamed };
  Kind kind = Kind::kNew;
  std::string name;
  bool operator==(const ConnectionChoice&) const = default;
};

/// One request, or `count` of them.
struct RequestStep {
  std::string label;
  std::string actor = "client";
  UserName user;
  CredentialFault credentials = CredentialFault::kNone;
  IssuedSession session;
  Via via = Via::kPlain;
  bool encrypted = false;  // an https URL; goes via CONNECT
  RequestShape shape = RequestShape::kSound;
  ConnectionChoice connection;
  std::string method = "GET";
  std::string host = "site";  // symbolic; "popular": a domain that the target declares a delay of its own for
  std::vector<std::pair<std::string, std::string>> headers;
  std::uint64_t body_bytes = 0;     // of the request
  std::uint64_t answer_bytes = 16;  // of the origin's answer
  int answer_status = 200;
  std::string answer_cookie;
  std::optional<std::uint64_t> gate_at;  // the origin stops after so many bytes until released (`begin`)
  std::uint32_t count = 1;               // a burst when more than one
  Duration every{};                      // between the sends of a burst; zero: all at the same instant
  std::vector<Expectation> expect;
  bool operator==(const RequestStep&) const = default;
};

enum class ApiOperation : std::uint8_t { kCreate, kList, kDelete };

/// A call of the sessions API.
struct ApiStep {
  std::string label;
  std::string actor = "client";
  CredentialFault credentials = CredentialFault::kNone;
  ApiOperation operation = ApiOperation::kList;
  IssuedSession session;         // of kDelete; for named sessions `user` says which
  std::optional<UserName> user;  // of kDelete and kList in a dialect whose sessions are named by their user
  std::uint32_t count = 1;
  std::vector<Expectation> expect;
  bool operator==(const ApiStep&) const = default;
};

using Submission = std::variant<RequestStep, ApiStep>;

/// Sends and waits for the answer.
struct DoStep {
  Submission what;
  bool operator==(const DoStep&) const = default;
};
/// Sends all at the same instant, in order, then waits for every answer.
struct ParallelStep {
  std::vector<Submission> what;
  std::vector<Expectation> expect;
  bool operator==(const ParallelStep&) const = default;
};
/// Sends and goes on.
struct BeginStep {
  Submission what;
  bool operator==(const BeginStep&) const = default;
};
/// Waits for the answer of a step begun.
struct AwaitStep {
  std::string label;
  std::vector<Expectation> expect;
  bool operator==(const AwaitStep&) const = default;
};
/// Lets the origin finish a gated answer.
struct ReleaseStep {
  std::string label;
  bool operator==(const ReleaseStep&) const = default;
};
/// The client gives a begun request up and closes its connection.
struct AbandonStep {
  std::string label;
  bool operator==(const AbandonStep&) const = default;
};
/// Closes an actor's connection: the kept one, or a named one.
struct CloseStep {
  std::string actor = "client";
  ConnectionChoice connection;
  bool operator==(const CloseStep&) const = default;
};
/// Lets time pass: for a duration from now, or until `duration` after the step `after` was sent.
struct WaitStep {
  Duration duration{};
  std::string after;
  bool operator==(const WaitStep&) const = default;
};

/// Which exits an action is for: the one that served a step, one that did not, or all that match `where` (no field
/// set: all there are).
struct ExitSelector {
  std::string served;      // label
  std::string not_served;  // label: one exit that matches `where` and did not serve that step
  std::optional<sim::ExitFilter> where;
  bool operator==(const ExitSelector&) const = default;
};

struct ExitStep {
  sim::ExitAction action = sim::ExitAction::kDrop;
  ExitSelector which;
  std::optional<Duration> lasting;
  std::optional<std::uint32_t> count;
  Duration delay{};
  bool operator==(const ExitStep&) const = default;
};

/// Expectations over earlier steps.
struct ExpectStep {
  std::vector<Expectation> expect;
  bool operator==(const ExpectStep&) const = default;
};

struct Step {
  std::variant<DoStep, ParallelStep, BeginStep, AwaitStep, ReleaseStep, AbandonStep, CloseStep, WaitStep, ExitStep,
               ExpectStep>
      what;
  std::string pointer;  // "/steps/3"
  std::string note;     // for people
  bool operator==(const Step&) const = default;
};

struct Scenario {
  std::string id;  // "helodata/sticky/holds-to-the-end"
  std::string title;
  std::string dialect;
  std::vector<std::string> requirements;
  std::vector<std::pair<std::string, std::vector<std::string>>> when;  // readings under which it makes sense
  std::map<std::string, std::string> actors;  // actor to account; "client" is "one" where it says nothing
  std::map<std::string, UserName> users;
  std::vector<Step> steps;
  std::string file;
  std::string produced_by;            // of a counterexample: program version
  std::optional<std::uint64_t> seed;  // of a counterexample
  bool operator==(const Scenario&) const = default;
};

}  // namespace pinproof::conformance
