// What is under way on a live target, from a reset to the next. Only the target's own sources include this.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conformance/live/io_loop.h"
#include "conformance/live/live_connection.h"
#include "conformance/live/live_target.h"
#include "conformance/target/client_connections.h"
#include "conformance/target/request_flight.h"

namespace pinproof::conformance {

struct LiveTarget::Inside {
  Inside(LiveTargetOptions options, mock_upstream::asio::io_context& io, ClockControl* gateway,
         UpstreamControl* upstreams);

  LiveTargetOptions options;
  Credentials credentials;
  IoLoop loop;
  std::shared_ptr<LiveSite> site;
  ClockControl* gateway;
  UpstreamControl* upstreams;
  LiveTimeline timeline;
  std::uint64_t journal_read = 0;  // entries before this number are known
};

class LiveTarget::Session final : public LiveConnectionEvents {
 public:
  /// `heads_before`: how many requests the gateway has counted by now.
  Session(Inside& inside, std::uint64_t heads_before);
  ~Session() override;

  void submit(Stimulus stimulus);
  void submit(const ApiStimulus& stimulus);
  void wait_for(const std::vector<std::uint64_t>& ids);
  void wait_until(Instant until);
  void settle();
  void act(const sim::ExitEvent& event);
  void release(const std::string& token);
  void abandon(std::uint64_t id);
  void close(const std::string& actor, const ConnectionChoice& connection);
  /// Throws ControlLost where the journal cannot be read; what the clients saw is in `records` then all the same.
  void take(std::vector<Record>& records);
  void complete_journals();

  void on_sent(std::uint64_t id) override;
  void on_head(std::uint64_t id, const sim::ResponseHead& head) override;
  void on_end(std::uint64_t id, const LiveEnd& end) override;

 private:
  using ConnectionPtr = std::shared_ptr<LiveConnection>;
  using WallInstant = IoLoop::WallInstant;

  struct Request {
    RequestFlight flight;
    ConnectionPtr connection;
    bool encrypted = false;
    bool close_after = false;
    std::uint64_t sent_order = 0;
    std::uint64_t answered_order = 0;
    std::string exit_echoed;
  };
  struct Call {
    ApiFlight flight;
    ConnectionPtr connection;
    std::uint64_t sent_order = 0;
    sim::ResponseHead head;
  };

  // live_session.cc: what is sent, and what comes back
  Instant now() const { return inside_.timeline.now(); }
  bool under_way(std::uint64_t id) const { return requests_.contains(id) || calls_.contains(id); }
  ConnectionPtr open(const LiveEndpoint& to);
  const LiveEndpoint& api_at() const;
  void begin(std::uint64_t id, const ConnectionPtr& connection, Instant sent_at);
  void send(std::uint64_t id, Request& request, WireRequest wire);
  void send(std::uint64_t id, Call& call);
  void end_request(std::uint64_t id, const LiveEnd& end);
  void end_call(std::uint64_t id, const LiveEnd& end);
  void finish(std::uint64_t id);
  void give_up(std::uint64_t id, AnswerEnd end);

  // live_recording.cc: in which order it is written down
  void order_answers();
  void read_journal();
  void record_ended();

  // live_waiting.cc: until when
  bool step(Instant until);
  bool step_controlled(Instant until);
  bool step_on_the_wall(Instant until);
  Instant patience_ends() const;
  void connect_begun();
  void send_begun();
  void confirm_received();
  void come_to_rest();
  bool at_rest(std::uint64_t held, bool unsound_too);
  std::size_t awaited(bool unsound_too) const;
  void keep_to_limits();
  [[noreturn]] void stuck() const;

  Inside& inside_;
  std::vector<Record> records_;
  std::uint64_t order_ = 0;  // of the client's sends and answers
  std::map<std::uint64_t, Request> requests_;
  std::map<std::uint64_t, Call> calls_;
  std::set<std::uint64_t> to_order_;        // answered or ended since it last came to rest
  std::map<std::uint64_t, Request> ended_;  // and not yet recorded; what the origin saw of them is still to be read
  std::map<std::uint64_t, ApiCall> ended_calls_;
  // Of both, in the order in which they are recorded. By id at one instant, so that it is the same in every run.
  std::set<std::pair<Instant, std::uint64_t>> ended_at_;
  std::map<std::string, std::string> origin_saw_from_;          // by token, the exit's address
  std::map<std::pair<Instant, std::uint64_t>, bool> patience_;  // when each is given up
  ClientConnections<ConnectionPtr> connections_;
  std::vector<std::weak_ptr<LiveConnection>> opened_;
  std::vector<std::pair<std::uint64_t, ConnectionPtr>> begun_;  // submitted and not yet sent
  std::uint64_t heads_sent_ = 0;                                // that the gateway is to count
  std::uint64_t heads_unanswered_ = 0;  // of them, that ended with no answer: nobody knows whether it read them
  std::uint64_t heads_before_ = 0;      // that it had counted when this began
  std::size_t hanging_ = 0;             // requests that were found to be nowhere
  std::size_t unsound_ = 0;             // requests that were broken on purpose
  WallInstant next_send_{};
};

}  // namespace pinproof::conformance
