// Which of the clients' connections a request goes on, for a target whose connections are values of type Connection: the actor's kept
// one, a named one, or a new one; and with CONNECT the tunnel that is open already to the same host for the same user.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "conformance/target/target.h"

namespace pinproof::conformance {

template <class Connection>
class ClientConnections {
 public:
  struct Chosen {
    Connection connection;
    std::string name;  // symbolic: "c7"
    bool reused = false;
    bool tunnel_open = false;
    bool close_after = false;
  };

  /// `open()` makes a connection, `usable(connection)` says whether one is still open.
  /// A request that says Connection: close is the last on its connection, whatever the choice.
  template <class Open, class Usable>
  Chosen choose(const Stimulus& stimulus, Open open, Usable usable) {
    Chosen chosen = choose_kept(stimulus, open, usable);
    const auto connection = stimulus.headers.find("Connection");
    if (connection && sim::same_field_name(*connection, "close")) {
      chosen.close_after = true;
      std::erase_if(kept_, [&](const auto& kept) { return kept.second.connection == chosen.connection; });
    }
    return chosen;
  }

  /// A one-off connection's name, for calls outside of any choice.
  std::string next_name() { return "c" + std::to_string(++names_); }

  void tunnel_opened(const Connection& connection) {
    for (auto& [key, kept] : kept_) {
      if (kept.connection == connection) kept.tunnel_open = true;
    }
  }

  /// The connections of a choice, which are forgotten: its plain one and its tunnels.
  std::vector<Connection> take(const std::string& actor, const ConnectionChoice& choice) {
    std::vector<Connection> taken;
    const std::string owner = owner_of(actor, choice);
    for (auto kept = kept_.lower_bound(Key{owner, {}}); kept != kept_.end() && kept->first.first == owner;) {
      taken.push_back(kept->second.connection);
      kept = kept_.erase(kept);
    }
    return taken;
  }

 private:
  template <class Open, class Usable>
  Chosen choose_kept(const Stimulus& stimulus, Open open, Usable usable) {
    if (stimulus.connection.kind == ConnectionChoice::Kind::kNew) return {open(), next_name(), false, false, true};
    const Key key{owner_of(stimulus.actor, stimulus.connection), route_of(stimulus)};
    const auto found = kept_.find(key);
    const bool connect = stimulus.via == Via::kConnect;
    if (found != kept_.end() && usable(found->second.connection) && (!connect || found->second.tunnel_open)) {
      return {found->second.connection, found->second.name, true, found->second.tunnel_open, false};
    }
    Kept& kept = kept_[key];
    kept = {open(), next_name(), false};
    return {kept.connection, kept.name, false, false, false};
  }

  using Key = std::pair<std::string, std::string>;  // whose it is, and where it leads
  struct Kept {
    Connection connection;
    std::string name;
    bool tunnel_open = false;
  };

  static std::string owner_of(const std::string& actor, const ConnectionChoice& choice) {
    return choice.kind == ConnectionChoice::Kind::kNamed ? "name " + choice.name : "actor " + actor;
  }

  /// Plain requests share a connection whatever their host and user; a tunnel is one host's and was paid for by one user.
  static std::string route_of(const Stimulus& stimulus) {
    if (stimulus.via == Via::kPlain) return {};
    return stimulus.host + (stimulus.encrypted ? " encrypted " : " ") + stimulus.account + " " + stimulus.user_name;
  }

  std::map<Key, Kept> kept_;
  std::uint64_t names_ = 0;
};

}  // namespace pinproof::conformance
