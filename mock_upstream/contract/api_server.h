// A small JSON API over HTTP on loopback, with a bearer token: what the clock and upstream contracts are served by.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_upstream/net/listener.h"
#include "mock_upstream/site/site.h"
#include "mock_upstream/wire/message_stream.h"

namespace pinproof::mock_upstream {

struct ApiRequest {
  std::string method;
  std::string path;   // without the query
  std::string query;  // behind the '?', or empty
  std::string rest;   // of the path, behind a route that ends with '/'
  std::string body;
};

struct ApiAnswer {
  int status = 200;
  std::string json = "{}";
};

/// {"error": "…"}
ApiAnswer api_error(int status, std::string_view what);

struct ApiRoute {
  std::string method;
  std::string path;  // whole; or, ending with '/', the beginning of a path that has more
  std::function<ApiAnswer(const ApiRequest&)> handle;
};

struct ApiServerOptions {
  Endpoint at{asio::ip::address_v4::loopback(), 0};
  std::string token;  // what Authorization: Bearer has to say; not empty
  std::size_t body_bytes_max = 64UL << 10U;
  std::size_t connections_max = 64;  // one harness, and a few curious
  WireLimits wire;
};

/// Answers 401 without the token, 404 for a path that no route has, 405 (with Allow) for another method, 413 for a body that is too
/// large; else what the route's handler says.
class ApiServer {
 public:
  ApiServer(std::shared_ptr<Site> site, ApiServerOptions options, std::vector<ApiRoute> routes);

  std::optional<std::string> start();
  void stop() { listener_.close(); }
  const Endpoint& at() const { return listener_.local(); }

 private:
  struct Inside;
  void serve(Socket socket);

  std::shared_ptr<Inside> inside_;
  Listener listener_;
};

}  // namespace pinproof::mock_upstream
