// The upstreams as a program starts them, and calls of their API.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "mock_upstream/contract/upstreams.h"
#include "mock_upstream/testing/bench_testing.h"
#include "sim/pool/standard_pool.h"

namespace pinproof::mock_upstream {

class LiveUpstreams : public testing::Test {
 protected:
  void SetUp() override {
    UpstreamsOptions options;
    options.exits.exits = sim::standard_pool(2);
    options.api.token = "secret-1";
    upstreams.emplace(bench.site, options);
    ASSERT_EQ(upstreams->start(), std::nullopt);
  }
  void TearDown() override { upstreams->stop(); }

  /// Sends bytes to the API, and gives the answer's: "200 BODY", the rest of the head left out.
  std::string exchange(std::string_view bytes) {
    TestClient client(bench, upstreams->api());
    client.send(bytes);
    if (!client.wait_for_end()) return "no answer";
    const std::string& received = client.received();
    last_head = received.substr(0, received.find("\r\n\r\n"));
    return received.substr(9, 3) + " " + received.substr(std::min(received.size(), last_head.size() + 4));
  }
  std::string call(std::string_view method, std::string_view path, std::string_view body = {}) {
    return exchange(std::string(method) + " " + std::string(path) +
                    " HTTP/1.1\r\nAuthorization: Bearer secret-1\r\nConnection: close\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
  }
  Endpoint exit_at(std::size_t exit) {
    const sim::Exit& description = upstreams->exits().list()[exit];
    return Endpoint(asio::ip::make_address_v4(description.address), description.port);
  }

  TestBench bench;
  std::optional<Upstreams> upstreams;
  std::string last_head;
};

}  // namespace pinproof::mock_upstream
