// A client's TCP connection to a gateway: requests go one after the other, each once the answer before it is whole, through the tunnel once a
// CONNECT has opened one, with TLS inside it where that is asked for.
//
// Whatever the peer does becomes an end: it refuses, resets, hangs up, answers what is no HTTP. What hangs ends when its owner closes the
// connection; only connecting and handshakes have a time of their own.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "conformance/live/answer_reader.h"
#include "conformance/live/live_site.h"
#include "conformance/target/request_flight.h"
#include "mock_upstream/net/connection.h"

namespace pinproof::conformance {

/// How an exchange ended, with the beginning of its body where that was to be kept.
struct LiveEnd {
  WireEnd wire;
  std::string text;
};

/// What a client's connections tell, from inside the io_context and never from inside a call of theirs.
class LiveConnectionEvents {
 public:
  virtual ~LiveConnectionEvents() = default;
  /// The request goes out now: it is the first on its connection, or those before it are answered.
  virtual void on_sent(std::uint64_t id) = 0;
  virtual void on_head(std::uint64_t id, const sim::ResponseHead& head) = 0;
  virtual void on_end(std::uint64_t id, const LiveEnd& end) = 0;
};

struct LiveRequest {
  std::uint64_t id = 0;  // what events are about
  WireRequest wire;
  bool tunnel_encrypted = false;  // of a CONNECT: TLS is spoken inside
  std::string tunnel_host;        // whom the certificate inside has to name
  std::size_t body_kept = 0;      // bytes
};

class LiveConnection final : public std::enable_shared_from_this<LiveConnection> {
 public:
  /// Begins to connect. `events` is told nothing any more after forget().
  static std::shared_ptr<LiveConnection> open(std::shared_ptr<LiveSite> site, LiveEndpoint to,
                                              LiveConnectionEvents& events);

  LiveConnection(std::shared_ptr<LiveSite> site, LiveEndpoint to, LiveConnectionEvents& events);
  ~LiveConnection();

  /// On a connection that is closed it ends as kClosed, a little later.
  void send(LiveRequest request);
  /// From the client's side; what is under way or waits ends as kClosed, a little later.
  void close();
  /// Closes, and tells nothing of it.
  void forget();

  bool is_open() const { return open_; }
  /// Connected, and through with the handshake where there is one; or closed.
  bool is_settled() const { return ready_ || !open_; }
  /// Why it is not open any more, in words.
  const std::string& why() const { return why_; }

 private:
  static mock_upstream::Task<> run(std::shared_ptr<LiveConnection> self);
  static mock_upstream::Task<> write(std::shared_ptr<LiveConnection> self);
  mock_upstream::Task<bool> connect();
  mock_upstream::Task<bool> encrypt(std::string host);

  void start_next();
  void put_out(std::string bytes);
  void take(std::string_view bytes);
  void answered();
  void peer_gone(const mock_upstream::Error& error);
  void end_current(AnswerEnd end);
  void end_all();
  void shut();
  void count_queued();

  std::shared_ptr<LiveSite> site_;
  LiveEndpoint to_;
  LiveConnectionEvents* events_;  // null once forgotten
  std::shared_ptr<mock_upstream::Connection> transport_;
  std::shared_ptr<mock_upstream::Stream> stream_;
  AnswerReader reader_;
  std::optional<LiveRequest> current_;
  std::deque<LiveRequest> waiting_;
  std::deque<std::string> out_;
  bool writing_ = false;
  bool open_ = true;
  bool ready_ = false;
  std::optional<std::string> encrypt_for_;  // whom the handshake is with that comes before anything else is read
  std::string why_;                         // it ended, in words
  std::size_t queued_ = 0;                  // of what waits, behind a request that is under way
};

}  // namespace pinproof::conformance
