#include "conformance/gateway_server/gateway_server.h"

#include <fmt/format.h>

#include <utility>
#include <variant>
#include <vector>

#include "conformance/gateway_server/client_connection.h"
#include "conformance/gateway_server/gateway_context.h"
#include "mock_upstream/net/listener.h"

namespace pinproof::conformance {

using mock_upstream::Connection;
using mock_upstream::Endpoint;
using mock_upstream::Error;
using mock_upstream::Listener;
using mock_upstream::Socket;

namespace {

mock_upstream::Report report_to(const std::shared_ptr<mock_upstream::Site>& site) {
  return [tasks = site->tasks](std::string_view what) { tasks->report(what); };
}

std::optional<std::string> open(Listener& listener, const Endpoint& at) {
  const Error error = listener.open(at);
  if (!error) return std::nullopt;
  return fmt::format("the gateway cannot listen at {}:{}: {}", at.address().to_string(), at.port(), error.message());
}

}  // namespace

class GatewayServer::Inside {
 public:
  Inside(std::shared_ptr<mock_upstream::Site> site, GatewayServerOptions options)
      : context(std::make_shared<GatewayContext>(site, std::move(options))),
        clear(
            site->executor(), [this](Socket socket) { accept(std::move(socket), false); }, report_to(site)),
        encrypted(
            site->executor(), [this](Socket socket) { accept(std::move(socket), true); }, report_to(site)) {}

  std::optional<std::string> start() {
    const GatewayServerOptions& options = context->options;
    if (auto hindrance = open(clear, options.at)) return hindrance;
    if (auto hindrance = trust_origins()) return hindrance;
    if (!options.ca) return std::nullopt;
    const std::string own_name = options.encrypted_at.address().to_string();
    context->tls = std::make_shared<mock_upstream::TlsServer>(options.ca, own_name);
    return open(encrypted, options.encrypted_at);
  }

  void stop() {
    clear.close();
    encrypted.close();
    context->kept.close_all();
  }

  void reset(std::uint64_t seed) {
    std::vector<std::shared_ptr<ClientConnection>> clients;
    for (ClientConnection* each : context->clients) clients.push_back(each->shared_from_this());
    for (const auto& each : clients) each->cut();
    context->kept.close_all();
    context->model.reset(seed);
  }

  std::shared_ptr<GatewayContext> context;
  Listener clear;
  Listener encrypted;

 private:
  std::optional<std::string> trust_origins() {
    const GatewayServerOptions& options = context->options;
    mock_upstream::TlsTrust trust;
    if (options.origin_trust) {
      trust = *options.origin_trust;
    } else if (options.ca) {
      trust.pem = options.ca->certificate_pem();
    } else {
      return std::nullopt;
    }
    auto made = mock_upstream::TlsClient::make(trust);
    if (auto* const complaint = std::get_if<std::string>(&made)) return "origins cannot be trusted: " + *complaint;
    context->to_origins = std::get<std::shared_ptr<mock_upstream::TlsClient>>(std::move(made));
    return std::nullopt;
  }

  void accept(Socket socket, bool is_encrypted) {
    mock_upstream::Site& site = *context->site;
    if (context->clients.size() >= context->options.connections_max) {
      return Connection(std::move(socket), site.idle).reset();
    }
    auto connection = std::make_shared<ClientConnection>(context, std::move(socket));
    site.tasks->start("a client's connection", ClientConnection::serve(std::move(connection), is_encrypted));
  }
};

GatewayServer::GatewayServer(std::shared_ptr<mock_upstream::Site> site, GatewayServerOptions options)
    : inside_(std::make_shared<Inside>(std::move(site), std::move(options))) {}

GatewayServer::~GatewayServer() { stop(); }

std::optional<std::string> GatewayServer::start() { return inside_->start(); }
void GatewayServer::stop() { inside_->stop(); }
void GatewayServer::reset(std::uint64_t seed) { inside_->reset(seed); }

const Endpoint& GatewayServer::at() const { return inside_->clear.local(); }
const Endpoint& GatewayServer::encrypted_at() const { return inside_->encrypted.local(); }

sim::GatewayCounters GatewayServer::counters() const { return inside_->context->model.counters(); }

std::optional<sim::ExitId> GatewayServer::exit_of_session(std::string_view name) const {
  const sim::ExitId exit = inside_->context->model.exit_of_session(name);
  return exit == sim::kNoExit ? std::nullopt : std::optional(exit);
}

}  // namespace pinproof::conformance
