// Drives a Gateway as a shell would, in the words of its tests:
//
//   TestGateway gate(shipped_rules("helodata"));
//   const Seen first = gate.get({.user = kJob1});   // sent, forwarded, answered, finished
//   gate.drop(first.exit);                          // from now on it refuses connections
//   gate.wait(5min);
//   const Seen second = gate.get({.user = kJob1});
//   EXPECT_TRUE(second.repinned());
//
// get() plays a whole exchange; send() gives one in the making, to be answered, refused, reset or left by hand.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/gateway/gateway.h"

namespace pinproof::sim {

/// Twelve exits in places that differ: see kUs and the others.
std::vector<Exit> test_exits();

// Exits by place in test_exits().
inline const std::set<std::uint32_t> kUs = {0, 1, 2,
                                            3};  // residential; 0 and 1 in ca/la (AS 7922), 2 and 3 in ny/nyc (AS 7018)
inline const std::set<std::uint32_t> kDe = {4, 5, 6};      // residential, be/berlin, AS 3320
inline const std::set<std::uint32_t> kJp = {7, 8};         // residential, 13/tokyo, AS 2516
inline const std::set<std::uint32_t> kUsMobile = {9, 10};  // mobile, ca/la, AS 21928
inline const std::set<std::uint32_t> kFr = {11};           // residential, idf/paris, AS 3215

/// A request as a test says it; a member left out is what most tests want.
struct TestRequest {
  std::string user = {};
  std::string password = "lab-password-one";
  std::string method = "GET";
  std::string target = "http://site.origin.test/";
  Headers headers = {};                           // beside the credentials
  bool credentials = true;                        // false: none are sent
  std::optional<ConnectionId> on = std::nullopt;  // absent: a connection of its own
  bool inside_tunnel = false;
};

/// What came of a request.
struct Seen {
  int status = 0;                    // zero: nothing yet
  std::uint32_t exit = 0xffffffffU;  // that served it
  std::uint32_t attempts = 0;
  bool own = false;  // the gateway's own reply
  bool close = false;
  bool aborted = false;
  bool intercepted = false;
  Headers headers = {};  // of the reply, or those added to the answer
  std::string body = {};
  std::string code = {};  // of the error header

  std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("(none)")); }
  /// H-PIN-2: exact value.
  bool repinned() const { return headers.find("X-Helodata-Session-Repinned") == "true"; }
  /// "503 no-exit", "200"
  std::string outcome() const { return std::to_string(status) + (code.empty() ? "" : " " + code); }
};

class TestGateway;

/// An exchange in the making.
class Sent {
 public:
  Sent(TestGateway& gateway, RequestId id) : gateway_(&gateway), id_(id) {}

  RequestId id() const { return id_; }
  /// The exit that it was last forwarded to.
  std::uint32_t exit() const;
  std::uint32_t attempts() const;
  /// Neither at an exit nor answered: it waits for the clock.
  bool held() const;
  int cancels() const;
  const Seen& seen() const;

  /// The exit answers; the answer is relayed and comes to its end.
  const Seen& answer(int status = 200, const Headers& headers = {});
  /// The same without the end.
  const Seen& begin_answer(int status = 200, const Headers& headers = {});
  void finish(std::uint64_t bytes_up = 0, std::uint64_t bytes_down = 0);
  Sent& refuse();
  Sent& reset();
  Sent& garble();
  void leave();
  /// Goes on as get() does: every exit that is down refuses, one that is up answers.
  const Seen& play();

 private:
  TestGateway* gateway_;
  RequestId id_;
};

class TestGateway {
 public:
  explicit TestGateway(Rules rules, std::uint64_t seed = 1, std::vector<Exit> exits = test_exits());

  ConnectionId connect() { return gateway_.connect(); }
  void disconnect(ConnectionId connection) { gateway_.disconnect(connection); }

  Sent send(const TestRequest& request);
  Seen get(const TestRequest& request) { return send(request).play(); }
  /// A call of the sessions API, `credentials` being a whole Authorization field or empty.
  Seen api(std::string_view method, std::string_view target, std::string_view credentials);

  void drop(std::uint32_t exit) { down_.insert(exit); }
  void drop(const std::set<std::uint32_t>& exits) { down_.insert(exits.begin(), exits.end()); }
  void restore(std::uint32_t exit) { down_.erase(exit); }

  /// Goes to an instant, stopping at every deadline on the way.
  void wait_until(Duration since_start);
  void wait(Duration duration) { wait_until(now_ - kStart + duration); }
  Instant now() const { return now_; }

  Gateway& model() { return gateway_; }
  /// Neither active nor held: nothing is left of any request.
  bool idle() const { return gateway_.counters().active == 0 && gateway_.counters().held == 0; }

 private:
  friend class Sent;

  struct Exchange {
    std::vector<Forward> forwards;
    bool under_way = false;  // the last of them
    int answered = 0;        // with this status
    int cancels = 0;
    Seen seen;
  };

  void take_effects();
  void fail(RequestId id, AttemptFailure failure);
  Exchange& exchange(RequestId id) { return exchanges_[static_cast<std::uint64_t>(id)]; }

  Gateway gateway_;
  Instant now_ = kStart;
  Effects effects_;
  std::map<std::uint64_t, Exchange> exchanges_;
  std::set<std::uint32_t> down_;
};

}  // namespace pinproof::sim
