// The insides of the gateway: what it keeps for each account, connection and request. Private to sim/gateway; gateway.h is the door.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/lookup_table.h"
#include "sim/core/random.h"
#include "sim/core/timer_heap.h"
#include "sim/gateway/control_headers.h"
#include "sim/gateway/exit_picker.h"
#include "sim/gateway/gateway.h"
#include "sim/gateway/pacing.h"
#include "sim/gateway/session_api_json.h"
#include "sim/gateway/session_table.h"
#include "sim/gateway/user_name.h"
#include "sim/http/basic_credentials.h"
#include "sim/http/target.h"

namespace pinproof::sim {

inline constexpr std::uint32_t kNoAccount = 0xffffffffU;

/// How many sessions that are over a gateway remembers where its rules list them; it is a fault to show, not to grow with.
inline constexpr std::size_t kExpiredKept = 10'000;

class Gateway::Model {
 public:
  Model(Rules rules, std::vector<Exit> exits, std::uint64_t seed);

  ConnectionId connect();
  void disconnect(ConnectionId id);
  RequestId request(const ArrivedRequest& arrived, Instant now, Effects& effects);
  void answer(RequestId id, const ResponseHead& head, Instant now, Effects& effects);
  void attempt_failed(RequestId id, AttemptFailure failure, Instant now, Effects& effects);
  void finished(RequestId id, std::uint64_t bytes_up, std::uint64_t bytes_down, Instant now);
  void client_gone(RequestId id, Instant now, Effects& effects);
  void advance(Instant now, Effects& effects);

  Instant next_deadline() const { return timers_.earliest(); }
  GatewayCounters counters() const { return counters_; }
  const Rules& rules() const { return rules_; }
  ExitId exit_of_session(std::string_view name, Instant now) const;
  const SessionTable& sessions() const { return sessions_; }

 private:
  struct AccountState {
    std::uint32_t sessions = 0;  // that count towards the limit
    std::uint32_t connections = 0;
    Instant second;  // in which `requests` arrived
    std::uint32_t requests = 0;
    const PlanRules* plan = nullptr;
    ExitId last_rotating = kNoExit;
    // Where the rules have a fault that needs them:
    std::uint32_t connections_of_exit = 0;  // in a row, through `last_rotating`
    std::string rotating_as;                // and the user name of those
    std::string closing_as;                 // user name of the request that closed last
    ExitId closing_exit = kNoExit;
    SessionRef last_created;
    Instant last_ends;  // of the session created last
  };

  struct Connection {
    bool open = false;
    std::uint32_t generation = 0;
    std::uint32_t account = kNoAccount;           // that it counts towards
    std::optional<BasicCredentials> credentials;  // of an intercepted CONNECT, or where they are judged once
    std::string rotating_as;                      // user name that `rotating_exit` was picked for
    ExitId rotating_exit = kNoExit;
  };

  enum class Phase : std::uint8_t { kFree, kHeld, kForwarded, kRelayed };

  /// A request from its arrival to its end.
  struct Active {
    Phase phase = Phase::kFree;
    std::uint32_t generation = 0;
    std::uint32_t connection = 0;
    std::uint32_t account = kNoAccount;
    bool connect = false;     // CONNECT that becomes a tunnel
    bool in_session = false;  // also after the session has ended
    SessionRef session;
    std::string session_key;  // where the pin waits for an answer, or ids are told in headers
    CandidatesId among{};
    ExitId exit = kNoExit;
    std::uint32_t attempt = 0;
    std::uint32_t picks = 0;  // exits tried in place of refusing ones
    std::vector<ExitId> tried;
    ExitId lost = kNoExit;  // the exit that the session had when this request found it gone
    std::uint32_t retries_left = 0;
    Duration timeout{};
    Duration window{};  // a new window of its session
    Duration window_asked{};
    std::string host;  // where pacing needs it, as it is compared
    Duration delay{};  // that pacing held it for, the last time
    Duration next_delay{};
    std::optional<std::uint64_t> body_bytes;
    std::uint64_t arrival = 0;  // in order
    Instant held_until;
    bool announces = false;  // forwarded while an announcement was due
    Headers carried;         // fields of earlier requests that this one goes out with
  };

  // Arrival (gateway_arrival.cc)
  void open_for_refused_name(const ErrorReply& error, Instant now);
  const ErrorReply* authenticate(const ArrivedRequest& arrived, Active& active, ProxyUser& user);
  const ErrorReply* check_account(std::string_view user, std::string_view password, std::uint32_t& account) const;
  const ErrorReply* check_limits(Active& active, Instant now);
  const ErrorReply* check_target(const ArrivedRequest& arrived, Active& active);
  const ErrorReply* place(const ArrivedRequest& arrived, const ProxyUser& user, const ControlHeaders& control,
                          Active& active, Instant now);
  CandidatesId pool_of(const ProxyUser& user, const ControlHeaders& control, std::span<const KeyPart> ignored);
  const ErrorReply* place_named_session(const ArrivedRequest& arrived, const ProxyUser& user,
                                        const ControlHeaders& control, Active& active, Instant now);
  const ErrorReply* place_issued_session(const ArrivedRequest& arrived, const ControlHeaders& control, Active& active,
                                         Instant now);
  const ErrorReply* create_issued_session(Active& active, Instant now);
  const ErrorReply* place_unknown_session(const ArrivedRequest& arrived, const ControlHeaders& control, Active& active,
                                          Instant now);
  const ErrorReply* join(SessionRef ref, Active& active, Instant now);
  const ErrorReply* place_rotating(const ArrivedRequest& arrived, Active& active, Instant now);
  ExitId fresh_exit(Active& active, bool closes, Instant now);
  std::string_view key_of(const ArrivedRequest& arrived, const ProxyUser& user, const Active& active);

  // Attempts (gateway_attempts.cc)
  void dispatch(RequestId id, Instant now, Effects& effects);
  void forward(RequestId id, Instant now, Effects& effects);
  void failed(RequestId id, const ErrorReply& error, bool nothing_forwarded, Instant now, Effects& effects);
  bool retry(RequestId id, bool nothing_forwarded, Instant now, Effects& effects);
  void pin_at_answer(Active& active, Instant now);
  bool replace_exit(Active& active, Instant now);
  void lose(Active& active, Instant now);
  bool repin(Active& active, Instant now);
  ExitId pick_after_loss(Active& active, ExitId lost, Instant now);

  // Sessions (gateway_sessions.cc)
  ExitId pick(CandidatesId among, std::span<const ExitId> avoided, Instant now);
  const ErrorReply* may_create(std::uint32_t account);
  SessionRef create_session(std::string_view key, const Active& active, Instant now);
  std::string issue_id();
  void end_session(SessionRef ref, bool frees_slot);
  void end_expired(SessionRef ref);
  void expire(Instant now);

  // Replies (gateway_replies.cc)
  void refuse(RequestId id, const ErrorReply& error, Effects& effects, Duration retry_after = Duration::zero());
  void add_common(Headers& headers) const;
  Headers said_of(const Exit& exit) const;
  Headers relay_headers(Active& active, const ResponseHead& head, Instant now);
  bool announce(Active& active, Instant now);
  void announce_delay(const Active& active, Headers& headers);
  std::uint64_t bytes_told(const Active& active, std::uint64_t bytes) const;

  // What only faults do (gateway_faults.cc)
  static ExitFilter less_picky(ExitFilter wanted, std::span<const KeyPart> ignored);
  void move(SessionRef ref, Active& active, Instant now);
  void keep_newest(SessionRef newest);
  void avoid_exits_of_sessions(Active& active) const;
  void give_host_an_exit(Active& active, Instant now);
  void carry(const Headers& sent, Active& active);
  void keep_cookies(const Active& active, const Headers& answered);
  void add_cookies(const Active& active, Headers& kept) const;
  std::string jar_of(const Active& active) const;
  std::uint32_t newest_waiting_for(ExitId exit) const;

  // The sessions API (session_api.cc)
  void answer_api(RequestId id, const RequestHead& head, Instant now, Effects& effects);
  std::uint32_t api_account(const Headers& headers) const;
  Reply api_create(std::uint32_t account, Instant now);
  Reply api_list(std::uint32_t account, std::string_view target, Instant now);
  ListedSessionFields listed(SessionRef ref) const;
  std::string_view user_name_of(SessionRef ref) const;
  Reply api_show(std::uint32_t account, std::string_view id, Instant now) const;
  Reply api_delete(std::uint32_t account, std::string_view id, Instant now);
  Reply api_error(const ErrorReply& error) const;
  std::optional<SessionRef> api_session(std::uint32_t account, std::string_view id, Instant now) const;

  static std::uint32_t slot_of(RequestId id) { return static_cast<std::uint32_t>(static_cast<std::uint64_t>(id)); }
  Active& active(RequestId id);
  RequestId begin(ConnectionId connection);
  void end(RequestId id);
  Connection& connection(ConnectionId id);

  Rules rules_;
  std::vector<Exit> exits_;
  std::vector<Headers> said_of_exit_;  // the fields that tell of each, made when it first serves
  UserNameGrammar grammar_;
  ExitPicker picker_;
  Pacer pacer_;
  Random ids_;
  SessionTable sessions_;
  LookupTable<std::string, std::uint32_t> accounts_by_user_;
  std::vector<AccountState> accounts_;
  std::vector<Connection> connections_;
  std::vector<std::uint32_t> free_connections_;
  std::vector<Active> active_;
  std::vector<std::uint32_t> free_active_;
  TimerHeap timers_;  // by slot of active_: the end of a hold, or of an attempt's time
  GatewayCounters counters_;
  std::uint64_t replies_ = 0;
  struct Expired {
    std::uint32_t account;
    ListedSessionFields fields;
  };
  std::deque<Expired> expired_;  // only where the rules list the expired
  /// What only faults remember; sessions by their serial.
  struct Memory {
    std::map<std::uint64_t, std::uint32_t> repins;
    std::set<std::uint64_t> exhausted;
    std::map<std::uint64_t, ExitId> first_exit;
    std::map<std::uint64_t, std::string> user_name;  // where the key is another
    std::map<std::pair<std::uint64_t, std::string>, ExitId> exit_by_host;
    std::map<std::uint64_t, Headers> carried;
    std::map<std::string, std::string> cookies;  // by jar
    std::set<ExitId> delay_told;

    void forget(std::uint64_t session);
  };
  Memory memory_;
  BasicCredentials credentials_;  // scratch: buffers used again
  std::string key_;
};

}  // namespace pinproof::sim
