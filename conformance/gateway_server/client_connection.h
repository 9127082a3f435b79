// A client's connection: requests are read one at a time, each is given to the model, and what the model says is done, in the order in
// which it says it. Requests that a client sends ahead wait unread, so that answers come in order and nobody's queue grows.
//
// A client that closes its end while a request is under way has gone, as far as the request goes: nothing tells it from one that only
// stops sending. In a tunnel that is told apart, and passed on. A close behind more bytes than the kernel keeps for a reader is noticed
// when they are read; a reset is noticed at once.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "conformance/gateway_server/answers.h"
#include "conformance/gateway_server/attempt.h"
#include "conformance/gateway_server/interception.h"
#include "mock_upstream/net/connection.h"

namespace pinproof::conformance {

class ClientConnection : public std::enable_shared_from_this<ClientConnection> {
 public:
  ClientConnection(std::shared_ptr<GatewayContext> context, mock_upstream::Socket socket);
  ~ClientConnection();

  static mock_upstream::Task<> serve(std::shared_ptr<ClientConnection> self, bool encrypted);

  /// Ends it and what is under way on it; the model hears no more of either.
  void cut();

 private:
  mock_upstream::Task<bool> begin_encrypted();
  mock_upstream::Task<> refuse_unread();

  // Each says whether the connection is kept for a next request.
  mock_upstream::Task<bool> take_one();
  mock_upstream::Task<bool> carry_out();
  mock_upstream::Task<bool> refuse(std::string host);
  mock_upstream::Task<bool> reply(sim::Reply reply);
  mock_upstream::Task<bool> intercept(sim::Intercept intercept);
  mock_upstream::Task<bool> abort(sim::Abort abort);
  mock_upstream::Task<bool> end_answer(std::string out, bool kept);

  mock_upstream::Task<> try_exit(sim::Forward forward);

  // client_relay.cc. Nothing when the answer broke off, and the model says what that means.
  mock_upstream::Task<std::optional<bool>> relay(sim::Headers added);
  mock_upstream::Task<std::optional<bool>> relay_body(std::string out, bool kept);
  mock_upstream::Task<std::optional<bool>> open_tunnel(sim::Headers added);

  void read_request();
  bool may_be_kept() const;
  void watch_client();
  void client_gone();
  void leave();
  mock_upstream::Task<> part();
  AskedBy asked() const { return {request_.head.method == "HEAD", request_.facts.http_1_1}; }

  std::shared_ptr<GatewayContext> context_;
  std::shared_ptr<mock_upstream::Connection> client_;
  std::shared_ptr<mock_upstream::RequestStream> requests_;
  std::optional<sim::ConnectionId> id_;
  std::shared_ptr<ReadTunnel> tunnel_;  // the one that requests come out of
  std::shared_ptr<GatewayExchange> exchange_ = std::make_shared<GatewayExchange>();
  ClientRequest request_;
  std::shared_ptr<Upload> upload_;  // null for a request without a body
  std::optional<mock_upstream::PeerWatch> watch_;
  mock_upstream::BodyFraming answer_framing_ = mock_upstream::BodyFraming::kNone;
};

}  // namespace pinproof::conformance
