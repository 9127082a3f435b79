// A proxied request from its sending to the end of its answer: what goes on the wire, and what is noted of what comes back. No
// network in it; whoever has one drives it.
//
//   plain          first() -> head, end -> done
//   CONNECT        first() is the CONNECT -> head, end -> inner() -> head, end -> done
//   open tunnel    first() is the inner request -> head, end -> done
#pragma once

#include <cstdint>
#include <string>

#include "conformance/history/history.h"
#include "conformance/target/credentials.h"
#include "conformance/target/target.h"
#include "sim/http/message.h"

namespace pinproof::conformance {

struct WireRequest {
  sim::RequestHead head;
  std::string body;
  bool inside_tunnel = false;
  RequestShape shape = RequestShape::kSound;
};

/// How it ended for the client, and what came of the body.
struct WireEnd {
  AnswerEnd end = AnswerEnd::kComplete;
  std::uint64_t bytes = 0;
  std::uint64_t digest = 0;
  std::string why = {};  // it is not complete, in words, where there is more to say than `end` does
};

class RequestFlight {
 public:
  /// `tunnel_open`: it goes through a tunnel that is there already.
  RequestFlight(Stimulus stimulus, const Credentials& credentials, const Vocabulary& vocabulary, bool tunnel_open,
                std::string connection, bool connection_reused, Instant now);

  WireRequest first() const;
  WireRequest inner() const;

  void head(sim::ResponseHead head, Instant now);
  /// True when inner() is to be sent now.
  bool end(const WireEnd& end, Instant now);

  const Observation& seen() const { return seen_; }
  /// The finished observation, with the exit that the origin saw.
  Observation finish(std::string exit_by_origin);

 private:
  bool connecting() const { return stage_ == Stage::kConnecting; }
  void add_credentials(sim::Headers& headers) const;
  void add_end_to_end(sim::Headers& headers) const;
  std::string body() const;
  /// Host and port of the CONNECT that it needs, its token in the host: "t-7-….site.origin.test:443".
  std::string connect_authority() const;

  enum class Stage : std::uint8_t { kConnecting, kAnswering };

  const Credentials& credentials_;
  const Vocabulary& vocabulary_;
  Stage stage_;
  bool encrypted_;
  Observation seen_;  // and with it all that is sent
};

/// A host without the token that a CONNECT has in front of it.
std::string without_token(std::string host, std::string_view token);

}  // namespace pinproof::conformance
