#include "mock_upstream/exits/exit_connection.h"

#include <array>
#include <utility>

#include "mock_upstream/wire/fault_answer.h"
#include "mock_upstream/wire/write.h"
#include "sim/http/target.h"
#include "sim/world/exit_words.h"
#include "sim/world/origin.h"

namespace pinproof::mock_upstream {

ExitConnection::ExitConnection(std::shared_ptr<ExitPool> pool, sim::ExitId exit, Socket socket)
    : pool_(std::move(pool)),
      exit_(exit),
      client_(std::make_shared<Connection>(std::move(socket), pool_->site().idle)),
      requests_(client_, pool_->options().wire) {
  pool_->joined(exit_, *this);
}

ExitConnection::~ExitConnection() {
  watch_.reset();
  end(std::nullopt);
  drop_origin();
  pool_->left(exit_, *this);
}

Task<> ExitConnection::serve(std::shared_ptr<ExitConnection> self) {
  while (true) {
    const ReadState state = co_await self->requests_.read_head();
    if (state == ReadState::kFailed && self->requests_.fault() != WireFault::kNone) {
      const std::string refusal = answer_to_fault(self->requests_.fault());
      co_await self->requests_.write(refusal);
      co_await self->requests_.close_gently();
    }
    if (state != ReadState::kOk) break;
    const bool kept = co_await self->take_one();
    if (!kept) break;
  }
  self->client_->close();
  self->drop_origin();
}

void ExitConnection::reset() {
  end(ExitSight::kReset);
  client_->reset();
  if (origin_) origin_->reset();
}

// False when the connection ends with it; so do all that follow.
Task<bool> ExitConnection::take_one() {
  ++site().activity.received;
  const sim::ExitReception reception = pool_->receive(exit_);
  sim::RequestHead head = requests_.take_head();
  begin(head);
  bool kept = false;
  switch (reception.behaviour) {
    case sim::ExitBehaviour::kRefuses:
      reset();
      break;
    case sim::ExitBehaviour::kFails:
      kept = co_await fail();
      break;
    case sim::ExitBehaviour::kSilent:
      tell(ExitSight::kForwarded);
      kept = co_await stay_silent();
      break;
    case sim::ExitBehaviour::kServes:
      tell(ExitSight::kForwarded);
      kept = co_await forward(std::move(head), reception.delay);
      break;
  }
  end(std::nullopt);
  watch_.reset();
  co_return kept;
}

Task<bool> ExitConnection::fail() {
  const sim::ExitAnswer failure = sim::failure_of_exit(address());
  std::string out;
  append_head(out, failure.head);
  // As to HEAD, which has no body; CONNECT's refusal does.
  if (leg_ && leg_->method != "HEAD") out += failure.body;
  end(ExitSight::kFailed);
  const bool kept = requests_.facts().keep_alive && requests_.facts().framing == BodyFraming::kNone;
  if (kept) {
    // Nothing of it is left, but its end has to be read.
    const BodyPiece nothing = co_await requests_.read_body();
    if (nothing.state != ReadState::kOk) co_return false;
  }
  const bool written = co_await requests_.write(out);
  if (written && !kept) co_await requests_.close_gently();
  co_return written&& kept;
}

// An exit's own word about a request that it will not forward, whatever its condition.
Task<bool> ExitConnection::answer(int status, std::string_view error) {
  sim::ResponseHead head;
  head.status = status;
  std::string mark = "\"";
  mark.append(address()).append("\"; error=").append(error);
  head.headers.add("Proxy-Status", mark);
  head.headers.add("Content-Length", "0");
  head.headers.add("Connection", "close");
  std::string out;
  append_head(out, head);
  end(ExitSight::kFailed);
  const bool written = co_await requests_.write(out);
  if (written) co_await requests_.close_gently();
  co_return false;
}

Task<bool> ExitConnection::stay_silent() {
  const Counted held(site().activity.held);
  std::array<char, 1024> buffer{};
  const std::span<char> room(buffer);
  while (true) {
    const auto [error, read] = co_await client_->read_some(room);
    if (error) break;
  }
  client_gone();
  co_return false;
}

Task<bool> ExitConnection::forward(sim::RequestHead head, sim::Duration delay) {
  const bool connect = head.method == "CONNECT";
  const auto target = connect ? sim::parse_authority_form(head.target) : sim::parse_absolute_form(head.target);
  bool kept = false;
  if (!target) {
    kept = co_await answer(400, "http_request_error");
  } else if (!sim::within_domain(target->host, pool_->options().domain)) {
    kept = co_await answer(403, "http_request_denied");
  } else if (target->encrypted) {
    kept = co_await answer(501, "http_request_error");  // TLS goes through a tunnel
  } else if (connect) {
    kept = co_await open_tunnel(head.target, delay);
  } else {
    kept = co_await pass_on(std::move(head), delay);
  }
  co_return kept;
}

Task<bool> ExitConnection::pass_on(sim::RequestHead head, sim::Duration delay) {
  const bool keep_alive = requests_.facts().keep_alive;
  if (!origin_) {
    origin_ = co_await connect(pool_->options().origin_http);
    if (origin_) responses_.emplace(origin_, pool_->options().wire);
  }
  if (!leg_) co_return false;
  bool kept = false;
  if (!origin_) {
    kept = co_await fail();
    co_return kept;
  }
  const bool asked = co_await pass_request(std::move(head));
  if (asked) kept = co_await pass_answer(delay);
  const bool few = pool_->origin_connections() <= pool_->options().origin_connections_kept_max;
  if (!kept || !few || !responses_->facts().keep_alive) drop_origin();
  co_return kept&& keep_alive;
}

Task<bool> ExitConnection::pass_request(sim::RequestHead head) {
  const bool bodiless = head.method == "HEAD";
  const bool has_body = requests_.facts().framing != BodyFraming::kNone;
  const bool waits = has_body && head.headers.has("Expect");
  const sim::RequestHead for_origin = sim::to_origin_form(std::move(head));
  std::string out;
  append_head(out, for_origin);
  bool going = co_await responses_->write(out);
  if (going && !waits) {
    const RelayEnd sent = co_await relay_body(requests_, *responses_);
    if (sent == RelayEnd::kSourceFailed) client_gone();
    going = sent == RelayEnd::kWhole;
  }
  if (!going || !leg_) co_return false;

  watch_client();
  bool body_sent = !waits;
  while (true) {
    const ReadState state = co_await responses_->read_head(bodiless);
    if (!leg_) co_return false;
    if (state != ReadState::kOk) {
      const bool ignored = co_await fail();
      static_cast<void>(ignored);
      co_return false;
    }
    if (responses_->head().status >= 200) co_return true;
    // An interim answer: the client is told to go on, and what it then sends goes on too.
    out.clear();
    append_head(out, responses_->head());
    const BodyPiece nothing = co_await responses_->read_body();
    going = nothing.state == ReadState::kOk && co_await requests_.write(out);
    if (going && !body_sent) {
      const RelayEnd sent = co_await relay_body(requests_, *responses_);
      going = sent == RelayEnd::kWhole;
      body_sent = true;
    }
    if (!going) {
      client_gone();
      co_return false;
    }
  }
}

Task<bool> ExitConnection::pass_answer(sim::Duration delay) {
  const bool in_time = co_await hold(delay);
  if (!in_time || !leg_) co_return false;
  tell(ExitSight::kAnswered);
  std::string out;
  append_head(out, responses_->head());
  const bool written = co_await requests_.write(out);
  RelayEnd sent = RelayEnd::kSinkFailed;
  if (written) sent = co_await relay_body(*responses_, requests_);
  if (!leg_) co_return false;
  if (sent == RelayEnd::kWhole) {
    // Where the answer ends with its connection, so does ours; and a request whose body was never asked for is not over.
    const bool ends = responses_->facts().framing == BodyFraming::kUntilClose || !requests_.message_whole();
    if (ends) co_await requests_.close_gently();
    co_return !ends;
  }
  if (sent == RelayEnd::kSinkFailed) client_gone();
  if (leg_) reset();
  co_return false;
}

Task<bool> ExitConnection::open_tunnel(std::string authority, sim::Duration delay) {
  watch_client();
  const auto target = sim::parse_authority_form(authority);
  const bool encrypted = target && target->port == 443 && pool_->options().origin_https.port() != 0;
  origin_ = co_await connect(encrypted ? pool_->options().origin_https : pool_->options().origin_http);
  if (!leg_) co_return false;
  bool kept = false;
  if (!origin_) {
    kept = co_await fail();
    co_return kept;
  }
  const bool in_time = co_await hold(delay);
  if (!in_time || !leg_) co_return false;
  const BodyPiece nothing = co_await requests_.read_body();
  tell(ExitSight::kAnswered);
  answered();
  std::string out;
  append_head(out, sim::ResponseHead());
  const bool written = nothing.state == ReadState::kOk && co_await requests_.write(out);
  watch_.reset();
  if (written && leg_) {
    std::string rest = requests_.take_rest();
    co_await tunnel(site().tasks, client_, origin_, std::move(rest), std::string(), pool_->options().tunnel);
  }
  end(ExitSight::kClosed);
  co_return false;
}

// Nothing when the origin cannot be reached.
Task<std::shared_ptr<Connection>> ExitConnection::connect(Endpoint origin) {
  auto connection = std::make_shared<Connection>(Socket(site().executor()), site().idle);
  origin_ = connection;  // so that a reset ends it while it connects
  ++pool_->origin_connections();
  const Error error = co_await connection->connect(origin, asio::ip::make_address_v4(address()));
  if (error || !leg_) {
    drop_origin();
    co_return nullptr;
  }
  co_return connection;
}

// What a slow exit does before it answers. False when the client went, or the connection was reset, meanwhile.
Task<bool> ExitConnection::hold(sim::Duration delay) {
  if (delay <= sim::Duration::zero()) co_return true;
  Wakeup wakeup;
  waiting_ = &wakeup;
  const Counted held(site().activity.held);
  const Clock::Alarm alarm = site().clock.set(site().clock.now() + delay, [&wakeup] { wakeup.fire(); });
  co_await wakeup.wait();
  site().clock.cancel(alarm);
  waiting_ = nullptr;
  co_return leg_.has_value();
}

void ExitConnection::begin(const sim::RequestHead& head) {
  const bool connect = head.method == "CONNECT";
  const auto target = connect ? sim::parse_authority_form(head.target) : sim::parse_absolute_form(head.target);
  Leg leg;
  leg.method = head.method;
  if (target) leg.host = std::string(target->host);
  leg.token = connect ? sim::token_of_connect_host(leg.host) : sim::token_of_target(head.target);
  leg_ = std::move(leg);
  ++site().activity.active;
}

void ExitConnection::tell(ExitSight sight) {
  if (!leg_) return;
  site().journal.add(site().clock.now(), ExitSaw{address(), sight, leg_->method, leg_->host, leg_->token});
}

void ExitConnection::answered() {
  if (leg_ && std::exchange(leg_->counted, false)) --site().activity.active;
}

void ExitConnection::end(std::optional<ExitSight> sight) {
  if (!leg_) return;
  if (sight) tell(*sight);
  answered();
  leg_.reset();
}

void ExitConnection::client_gone() {
  end(ExitSight::kClosed);
  if (origin_) origin_->close();
  if (waiting_ != nullptr) waiting_->fire();
}

void ExitConnection::watch_client() {
  watch_.emplace(*client_, [this] { client_gone(); });
}

void ExitConnection::drop_origin() {
  if (!origin_) return;
  origin_->close();
  responses_.reset();
  origin_.reset();
  --pool_->origin_connections();
}

}  // namespace pinproof::mock_upstream
