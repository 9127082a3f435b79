// A gateway's connection to an exit: requests are taken as the exit's condition has it, forwarded to the origin from the exit's address,
// and their answers passed back, unchanged. What the exit adds is a Host field where there was none.
//
// Fields that name this hop alone (Connection and the like) go on too: an origin that sees them is how a scenario finds a gateway that
// does not take them away.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "mock_upstream/exits/exit_pool.h"
#include "mock_upstream/net/connection.h"
#include "mock_upstream/net/wakeup.h"

namespace pinproof::mock_upstream {

class ExitConnection : public std::enable_shared_from_this<ExitConnection> {
 public:
  ExitConnection(std::shared_ptr<ExitPool> pool, sim::ExitId exit, Socket socket);
  ~ExitConnection();

  static Task<> serve(std::shared_ptr<ExitConnection> self);

  /// A request is under way, or a tunnel stands.
  bool is_busy() const { return leg_.has_value(); }
  /// Resets both sides, whatever is under way; the journal says so.
  void reset();

 private:
  /// A request on its way, from its head to the end of its answer; of a tunnel, to its end.
  struct Leg {
    std::string method;
    std::string host;
    std::string token;
    bool counted = true;  // among Activity::active
  };

  Task<bool> take_one();
  Task<bool> answer(int status, std::string_view error);
  Task<bool> fail();
  Task<bool> stay_silent();
  Task<bool> forward(sim::RequestHead head, sim::Duration delay);
  Task<bool> pass_on(sim::RequestHead head, sim::Duration delay);
  Task<bool> pass_request(sim::RequestHead head);
  Task<bool> pass_answer(sim::Duration delay);
  Task<bool> open_tunnel(std::string authority, sim::Duration delay);
  Task<std::shared_ptr<Connection>> connect(Endpoint origin);
  Task<bool> hold(sim::Duration delay);

  void begin(const sim::RequestHead& head);
  void tell(ExitSight sight);
  void answered();
  void end(std::optional<ExitSight> sight);
  /// From here on the client is not read from, and its going would not be noticed.
  void watch_client();
  void client_gone();
  void drop_origin();
  const std::string& address() const { return pool_->address(exit_); }
  Site& site() { return pool_->site(); }

  std::shared_ptr<ExitPool> pool_;
  sim::ExitId exit_;
  std::shared_ptr<Connection> client_;
  RequestStream requests_;
  std::shared_ptr<Connection> origin_;  // kept between requests
  std::optional<ResponseStream> responses_;
  std::optional<Leg> leg_;
  std::optional<PeerWatch> watch_;
  Wakeup* waiting_ = nullptr;  // what a slow answer waits for
};

}  // namespace pinproof::mock_upstream
