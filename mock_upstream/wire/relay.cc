#include "mock_upstream/wire/relay.h"

#include <boost/asio/error.hpp>
#include <utility>
#include <vector>

#include "mock_upstream/net/wakeup.h"

namespace pinproof::mock_upstream {
namespace {

// Both directions say when they end; the tunnel has ended when both have.
struct Tunnel {
  std::shared_ptr<Stream> client;
  std::shared_ptr<Stream> origin;
  TunnelLimits limits;
  Wakeup down_done;
  TunnelEnd end;

  // Silence of one direction is no silence of the tunnel: what moves on either keeps both.
  void keep_alive() {
    client->transport().expire_within(limits.idle_max);
    origin->transport().expire_within(limits.idle_max);
  }

  // The first to break is the cause; what the other direction then meets follows from it.
  void broke(const std::shared_ptr<Stream>& side) {
    if (end.by != TunnelEnd::By::kBoth) return;
    end.by = side == origin ? TunnelEnd::By::kOrigin : TunnelEnd::By::kClient;
    origin->transport().reset();
    if (side == client) return client->transport().reset();
    Error ignored;
    client->transport().socket().cancel(ignored);
  }
};

Task<bool> write_all(std::shared_ptr<Stream> to, std::string_view bytes) {
  bytes.remove_prefix(to->write_now(bytes));
  if (bytes.empty()) co_return true;
  const auto [error, written] = co_await to->write(bytes);
  co_return !error;
}

Task<> pump(std::shared_ptr<Tunnel> tunnel, std::shared_ptr<Stream> from, std::shared_ptr<Stream> to,
            std::string first) {
  std::uint64_t& carried = from == tunnel->client ? tunnel->end.bytes_up : tunnel->end.bytes_down;
  carried += first.size();
  bool whole = co_await write_all(to, first);
  std::string().swap(first);
  std::vector<char> buffer(tunnel->limits.buffer_bytes);
  const std::span<char> room(buffer);
  while (whole && tunnel->end.by == TunnelEnd::By::kBoth) {
    tunnel->keep_alive();
    const auto [error, read] = co_await from->read_some(room);
    if (error == asio::error::eof) {
      co_await to->close_sending();
      co_return;
    }
    if (error) {
      tunnel->broke(from);
      co_return;
    }
    carried += read;
    whole = co_await write_all(to, std::string_view(buffer.data(), read));
  }
  tunnel->broke(to);
}

Task<> pump_down(std::shared_ptr<Tunnel> tunnel, std::string first) {
  co_await pump(tunnel, tunnel->origin, tunnel->client, std::move(first));
  tunnel->down_done.fire();
}

}  // namespace

Task<TunnelEnd> counted_tunnel(std::shared_ptr<Tasks> tasks, std::shared_ptr<Stream> client,
                               std::shared_ptr<Stream> origin, std::string up, std::string down, TunnelLimits limits) {
  auto both = std::make_shared<Tunnel>();
  both->client = std::move(client);
  both->origin = std::move(origin);
  both->limits = limits;
  tasks->start("a tunnel's way down", pump_down(both, std::move(down)));
  co_await pump(both, both->client, both->origin, std::move(up));
  co_await both->down_done.wait();
  both->origin->transport().close();
  both->client->transport().never_expire();
  if (both->end.by != TunnelEnd::By::kOrigin) both->client->transport().close();
  co_return both->end;
}

Task<> tunnel(std::shared_ptr<Tasks> tasks, std::shared_ptr<Stream> client, std::shared_ptr<Stream> origin,
              std::string up, std::string down, TunnelLimits limits) {
  const auto shared = client;
  const TunnelEnd end =
      co_await counted_tunnel(std::move(tasks), shared, std::move(origin), std::move(up), std::move(down), limits);
  if (end.by == TunnelEnd::By::kOrigin) shared->transport().reset();
}

}  // namespace pinproof::mock_upstream
