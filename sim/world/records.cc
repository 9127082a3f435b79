#include "sim/world/records.h"

namespace pinproof::sim {
namespace {

void clear(RequestHead& head) {
  head.method.clear();
  head.target.clear();
  head.headers.clear();
}

void clear(ResponseHead& head) {
  head.status = 0;
  head.headers.clear();
}

}  // namespace

void Connection::reset() {
  client_open = false;
  client_tunnel = Tunnel::kNone;
  current = {};
  waiting.clear();
  gateway_open = false;
  id = {};
  active = {};
  tunnel = {};
  gateway_tunnel = Tunnel::kNone;
  authority.clear();
}

void Exchange::reset() {
  id = {};
  connection = {};
  clear(head);
  body.clear();
  inside_tunnel = false;
  client_done = false;
  head_arrived = false;
  clear(answer);
  answer_body.clear();
  gate_at = 0;
  gateway_done = true;
  request = {};
  leg = {};
}

void Leg::reset() {
  exchange = {};
  exit = kNoExit;
  attempt = 0;
  stage = LegStage::kForwarded;
  given_up = false;
  linked = false;
  gated = false;
  previous = {};
  next = {};
  clear(head);
  body.clear();
  host.clear();
  token.clear();
  clear(answer.head);
  answer.body.clear();
  answer.gate_at.reset();
  delay = {};
  tunnel_bytes_up = 0;
  tunnel_bytes_down = 0;
}

}  // namespace pinproof::sim
