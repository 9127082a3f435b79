// The reference gateway, free of I/O: it takes an event and the time, and gives effects and its next deadline. The simulator and
// the socket server both drive this one model; there is no second implementation of a promise.
//
// The shell that drives it keeps these orders:
//  - connect() before the first request of a client connection, disconnect() once it is closed;
//  - request() for each request head that has arrived whole. It names the request; every effect speaks of that name;
//  - for a Forward: one of answer() or attempt_failed(), unless a Cancel comes first; then, after a Relay, finished() or
//    attempt_failed() once the body or tunnel has ended;
//  - client_gone() at any time until finished(); a request that got a Reply needs nothing more;
//  - advance() no later than next_deadline(). Times never run backwards.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/time.h"
#include "sim/gateway/rules.h"
#include "sim/http/message.h"

namespace pinproof::sim {

enum class RequestId : std::uint64_t {};
enum class ConnectionId : std::uint64_t {};

/// Connect to the exit and send it the request (forwarded_request() in forwarding.h makes the head).
struct Forward {
  RequestId request;
  ExitId exit;
  std::uint32_t attempt;  // 1 for the first
  Headers kept =
      {};  // fields of earlier requests or answers, to be added; there are some only where the rules have a fault
};

/// The gateway's own answer; the request is over.
struct Reply {
  RequestId request;
  ResponseHead head;
  std::string body;
  bool close = false;  // close the client's connection after it
};

/// Pass the exit's answer on, with these fields added (relayed_response() in forwarding.h makes the head).
struct Relay {
  RequestId request;
  Headers added;
};

/// Answer CONNECT with 200, then read requests inside the tunnel as its end; the request is over.
struct Intercept {
  RequestId request;
  Headers added;
};

/// The answer that was being relayed cannot be completed: close the client's connection, so that it cannot pass for whole (H-PIN-9).
struct Abort {
  RequestId request;
  bool pass_for_whole = false;  // the fault: end it with what came
};

/// Give up the attempt under way; nothing more may be said of it.
struct Cancel {
  RequestId request;
};

using Effect = std::variant<Forward, Reply, Relay, Intercept, Abort, Cancel>;
using Effects = std::vector<Effect>;

/// Why an attempt brought no answer, or did not bring it to its end.
enum class AttemptFailure : std::uint8_t {
  kRefused,    // no connection to the exit: nothing was forwarded
  kReset,      // the exit closed after the request went out
  kMalformed,  // what came back is no HTTP
};

/// One request as it arrived. The head is read during the call and not kept.
struct ArrivedRequest {
  ConnectionId connection;
  const RequestHead& head;
  std::optional<std::uint64_t> body_bytes;  // where the head says
  bool inside_tunnel = false;  // read inside an intercepted CONNECT; its target is absolute-form all the same
};

/// What the clock contract reports.
struct GatewayCounters {
  std::uint64_t received = 0;  // request heads since the start
  std::uint64_t active = 0;    // of them not yet answered
  std::uint64_t held = 0;      // of the active ones, waiting for the clock
};

class Gateway {
 public:
  /// `exits` are the descriptions of all exits there are; ExitId counts in that order. The seed decides picks and issued ids.
  Gateway(Rules rules, std::vector<Exit> exits, std::uint64_t seed);
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  ConnectionId connect();
  void disconnect(ConnectionId connection);

  RequestId request(const ArrivedRequest& arrived, Instant now, Effects& effects);
  void answer(RequestId request, const ResponseHead& head, Instant now, Effects& effects);
  void attempt_failed(RequestId request, AttemptFailure failure, Instant now, Effects& effects);
  /// Body or tunnel ended as it should; the byte counts are of bodies, or of tunnel payload.
  void finished(RequestId request, std::uint64_t bytes_up, std::uint64_t bytes_down, Instant now);
  void client_gone(RequestId request, Instant now, Effects& effects);

  /// Fires every deadline up to and including `now`.
  void advance(Instant now, Effects& effects);
  /// When it next wants to be called though nothing arrives; kNever when it does not.
  Instant next_deadline() const;

  GatewayCounters counters() const;
  const Rules& rules() const;

  /// The exit of a live session, by the user name that says it or the id that was issued for it; kNoExit when there is none. For whoever
  /// wants to take that exit away; no part of a promise.
  ExitId exit_of_session(std::string_view name, Instant now) const;

  /// Live sessions, and bytes that a session takes in memory beside what the program takes without any.
  std::size_t sessions() const;
  std::size_t session_memory_bytes() const;

 private:
  class Model;
  std::unique_ptr<Model> model_;
};

}  // namespace pinproof::sim
