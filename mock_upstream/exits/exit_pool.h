// The inside of Exits, shared with the connections that are under way. Only the sources of this folder include this.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mock_upstream/exits/exits.h"
#include "mock_upstream/net/listener.h"
#include "sim/core/lookup_table.h"

namespace pinproof::mock_upstream {

class ExitConnection;

class ExitPool : public std::enable_shared_from_this<ExitPool> {
 public:
  ExitPool(std::shared_ptr<Site> site, ExitsOptions options);

  std::optional<std::string> start();
  void stop();

  const std::vector<sim::Exit>& exits() const { return options_.exits; }
  std::optional<sim::ExitId> find(std::string_view address) const;
  bool is_up(sim::ExitId exit) const { return model_.is_up(exit); }

  void act(const sim::ExitEvent& event);
  void schedule(const sim::ScheduledExitEvent& scheduled);
  void reset();

  // For the connections.
  sim::ExitReception receive(sim::ExitId exit);
  void joined(sim::ExitId exit, ExitConnection& connection);
  void left(sim::ExitId exit, ExitConnection& connection);
  Site& site() { return *site_; }
  const ExitsOptions& options() const { return options_; }
  const std::string& address(sim::ExitId exit) const { return options_.exits[sim::index_of(exit)].address; }
  std::uint64_t& origin_connections() { return origin_connections_; }

 private:
  struct Door {
    std::unique_ptr<Listener> listener;
    std::set<ExitConnection*> live;
  };

  void make_doors();
  std::optional<std::string> open_all(std::uint16_t port);
  void accept(sim::ExitId exit, Socket socket);
  void catch_up();
  void take(const sim::ExitChange& change);
  void move_door(sim::ExitId exit);
  void arm();

  std::shared_ptr<Site> site_;
  ExitsOptions options_;
  sim::Pool model_;
  sim::LookupTable<std::string, sim::ExitId> by_address_;
  std::vector<Door> doors_;  // by exit
  std::optional<Clock::Alarm> alarm_;
  sim::Instant armed_for_ = sim::kNever;
  std::uint64_t connections_ = 0;
  std::uint64_t origin_connections_ = 0;
  bool running_ = false;
};

}  // namespace pinproof::mock_upstream
