// What the world's network knows of each thing under way. Only the network's own sources include this.
//
// A Connection is a client's, to the gateway. An Exchange is one request on it, and its answer. A Leg is one attempt of the gateway's
// to have an exit serve an exchange: the connection to the exit and what lies behind it, a tunnel included.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/time.h"
#include "sim/gateway/gateway.h"
#include "sim/http/message.h"
#include "sim/world/origin.h"
#include "sim/world/slab.h"
#include "sim/world/world.h"

namespace pinproof::sim {

struct Connection;
struct Exchange;
struct Leg;

/// Where something arrives next, and what. The index and generation are of the handle that the kind speaks of.
enum class EventKind : std::uint8_t {
  // of a connection
  kConnectAtGateway,
  kCloseAtGateway,
  kCloseAtClient,
  // of an exchange
  kUnsent,
  kRequestAtGateway,
  kHeadAtClient,
  kEndAtClient,
  kTunnelRequestAtExit,
  kTunnelRequestAtOrigin,
  kTunnelAnswerAtExit,
  kTunnelRestAtExit,
  // of a leg
  kForwardAtExit,
  kRequestAtOrigin,
  kAnswerAtExit,
  kRestAtExit,
  kCancelAtExit,
  kAnswerAtGateway,
  kRestAtGateway,
  kFailureAtGateway,
  kTunnelEndAtGateway,
};

struct WorldEvent {
  EventKind kind = EventKind::kUnsent;
  AttemptFailure failure = AttemptFailure::kRefused;  // of kFailureAtGateway
  std::uint32_t index = 0;
  std::uint32_t generation = 0;
};

/// What a CONNECT has made of a connection.
enum class Tunnel : std::uint8_t { kNone, kThroughExit, kIntercepted };

struct Connection {
  // At the client.
  bool client_open = false;
  Tunnel client_tunnel = Tunnel::kNone;
  Handle<Exchange> current;               // sent, its answer not yet whole
  std::vector<Handle<Exchange>> waiting;  // behind it
  // At the gateway.
  bool gateway_open = false;
  ConnectionId id{};
  Handle<Exchange> active;  // the request that the gateway works on, an open tunnel's CONNECT included
  Handle<Leg> tunnel;       // the leg that an open tunnel leads through
  Tunnel gateway_tunnel = Tunnel::kNone;
  std::string authority;  // of an intercepted CONNECT

  void reset();
};

struct Exchange {
  ExchangeId id{};
  Handle<Connection> connection;
  RequestHead head;
  std::string body;
  bool inside_tunnel = false;
  // At the client.
  bool client_done = false;
  bool head_arrived = false;
  ResponseHead answer;
  std::string answer_body;
  std::uint64_t gate_at = 0;  // how much of it comes with the head
  // At the gateway.
  bool gateway_done = true;  // it has not heard of it, or is through with it
  RequestId request{};
  Handle<Leg> leg;

  void reset();
};

enum class LegStage : std::uint8_t {
  kForwarded,  // on its way, or with the exit, or with the origin
  kGated,      // the answer stands at its gate
  kTunnel,
  kReturned,  // the exit has answered whole
  kDead,      // the exit refused or reset it
};

struct Leg {
  Handle<Exchange> exchange;
  ExitId exit = kNoExit;
  std::uint32_t attempt = 0;
  LegStage stage = LegStage::kForwarded;
  bool given_up = false;  // by the gateway; the exit may not know yet
  bool linked = false;    // among the live connections of the exit
  bool gated = false;     // the body comes in two parts
  Handle<Leg> previous;   // on the same exit
  Handle<Leg> next;
  RequestHead head;
  std::string body;
  std::string host;
  std::string token;
  OriginAnswer answer;
  Duration delay{};  // of a slow exit
  std::uint64_t tunnel_bytes_up = 0;
  std::uint64_t tunnel_bytes_down = 0;

  void reset();
};

}  // namespace pinproof::sim
