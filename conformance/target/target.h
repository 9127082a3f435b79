// The thing under test behind one small interface: submit a stimulus, get an observation; a timeline to wait on; declared
// capabilities. Simulated, lab and live targets are the three kinds; a scenario does not know which it plays on.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/scenario/scenario.h"
#include "sim/core/time.h"
#include "sim/pool/pool.h"

namespace pinproof::conformance {

/// Something that a gateway does not claim to offer, and why: the id of a requirement, a glob of ids ("H-API-*"), or the name of a
/// capability ("api").
struct NotOffered {
  std::string what;
  std::string why;
  bool operator==(const NotOffered&) const = default;
};

/// What a target is; goes into every history's header.
struct TargetDescription {
  std::string name;
  std::string kind;  // "sim", "lab", "profile"
  std::string dialect;
  ClockKind clock = ClockKind::kVirtual;
  double clock_scale = 1.0;
  std::string epoch;
  Duration tolerance{};
  Duration answer_wait{};  // how long a client waits for an answer: longer than any delay promised
  Capabilities capabilities;
  Readings readings;
  Promises promised;
  Vocabulary vocabulary;
  std::vector<sim::Exit> exits;
  std::map<std::string, std::string> varying;  // as a history's header has it
  std::vector<std::string> accounts;           // symbolic names that it has credentials for
  std::vector<std::string> hosts_popular;      // domains with a delay of their own
  std::string hosts_under = "origin.test";     // where the origin answers to every name
  bool origin_is_ours = true;                  // or every request goes to one page of somebody's, whatever it asks for

  // What a run may cost there; nothing: as much as it likes. A scenario that wants more is not testable.
  std::optional<Duration> duration_max;       // of a scenario's own waits
  std::optional<std::uint64_t> requests_max;  // in a scenario
  std::optional<std::uint64_t> at_once_max;   // sent together
  /// Both sides of its connections are this process's: a play that sends more than this at one instant takes thousands of files, and only one
  /// such is under way at a time. Nothing: they are somebody else's.
  std::optional<std::uint64_t> crowd;
  std::vector<NotOffered> not_offered;
};

/// A request to send. Symbols are resolved (session ids, hosts, tokens), credentials are not: the target puts them in as it sends.
struct Stimulus {
  std::uint64_t id = 0;
  std::string actor;
  std::string account;
  CredentialFault credentials = CredentialFault::kNone;
  ConnectionChoice
      connection;  // kNew is closed after the answer; a tunnel is used again for the same host and user name only
  Via via = Via::kPlain;
  bool encrypted = false;
  RequestShape shape = RequestShape::kSound;
  std::string user_name;  // with "{account}"; empty where the dialect has none
  std::string method;
  std::string host;  // "site.origin.test"
  std::string path;  // with the token and the origin's options
  std::string token;
  sim::Headers headers;  // end-to-end and control fields
  std::uint64_t body_bytes = 0;
};

struct ApiStimulus {
  std::uint64_t id = 0;
  std::string actor;
  std::string account;
  CredentialFault credentials = CredentialFault::kNone;
  ApiOperation operation = ApiOperation::kList;
  std::string session;
  std::string user_name;
};

/// Thrown by a target that cannot go on: what it is controlled by gives no answer, or nothing moves any more. It is not the gateway's verdict
/// but a harness_error of the scenario; the next one begins with reset(), and may well succeed.
struct TargetLost : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Target {
 public:
  virtual ~Target() = default;

  virtual const TargetDescription& description() const = 0;

  /// As new: no sessions, every exit up. Where a target cannot, the run's unique names have to do.
  virtual void reset(std::uint64_t seed) = 0;

  virtual Instant now() const = 0;
  virtual void submit(Stimulus stimulus) = 0;
  virtual void submit(const ApiStimulus& stimulus) = 0;

  /// Lets time pass until each of `ids` has its answer in full, or is given up after answer_wait.
  virtual void wait_for(const std::vector<std::uint64_t>& ids) = 0;
  virtual void wait_until(Instant until) = 0;
  /// Lets what was submitted come as far as it can at this instant: to its answer, to the origin, or to where the gateway holds it.
  virtual void settle() = 0;

  virtual void act(const sim::ExitEvent& event) = 0;
  virtual void release(const std::string& token) = 0;
  virtual void abandon(std::uint64_t id) = 0;
  virtual void close(const std::string& actor, const ConnectionChoice& connection) = 0;

  /// Appends what became known since the last call to `records`, in order: finished observations and calls (label and step left
  /// empty), actions, what upstreams and origin saw.
  virtual void take(std::vector<Record>& records) = 0;
  /// Fetches what upstreams and origin still have to tell; the next take() ends with JournalComplete where that is known.
  virtual void complete_journals() = 0;
};

}  // namespace pinproof::conformance
