// One attempt at having an exit serve a request, from the connection to the head of the answer.
//
// How it ends is told to nobody here; the client's connection says it to the model. A Cancel ends the connection to the exit under it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "conformance/gateway_server/exchange.h"
#include "conformance/gateway_server/gateway_context.h"
#include "conformance/gateway_server/upload.h"
#include "mock_upstream/wire/codec.h"
#include "sim/http/message.h"

namespace pinproof::conformance {

enum class TryEnd : std::uint8_t {
  kAnswered,   // the head is there to be read from the exchange's link
  kRefused,    // no connection: nothing was forwarded
  kReset,      // the exit closed, or the request could not be sent again
  kMalformed,  // what came is no answer
  kOver,       // cancelled, or another attempt is wanted: nothing is to be said of this one
};

/// A request as its client sent it.
struct ClientRequest {
  sim::RequestHead head;  // target in absolute form, also of what came inside a tunnel
  mock_upstream::HeadFacts facts;
  bool connect = false;
};

class GatewayAttempt {
 public:
  /// All of them outlive it. `upload` is null for a request without a body.
  GatewayAttempt(GatewayContext& context, GatewayExchange& exchange, const ClientRequest& request,
                 std::shared_ptr<Upload> upload, std::shared_ptr<mock_upstream::Stream> client)
      : context_(context),
        exchange_(exchange),
        request_(request),
        upload_(std::move(upload)),
        client_(std::move(client)) {}

  mock_upstream::Task<TryEnd> run(sim::Forward forward);

 private:
  // Each says how the attempt ended, or nothing when it goes on.
  using Step = mock_upstream::Task<std::optional<TryEnd>>;

  Step connect(sim::ExitId exit);
  Step encrypt(std::shared_ptr<ExitLink> link, std::string host, std::uint16_t port);
  Step send(std::shared_ptr<ExitLink> link, const sim::Headers& kept);
  mock_upstream::Task<TryEnd> await_answer(std::shared_ptr<ExitLink> link);
  mock_upstream::Task<> pass_interim(std::shared_ptr<ExitLink> link);
  bool is_cancelled(const std::shared_ptr<ExitLink>& link) const { return exchange_.link() != link; }

  GatewayContext& context_;
  GatewayExchange& exchange_;
  const ClientRequest& request_;
  std::shared_ptr<Upload> upload_;
  std::shared_ptr<mock_upstream::Stream> client_;
  bool encrypted_ = false;  // TLS with the origin, through a tunnel
};

}  // namespace pinproof::conformance
