#include "mock_upstream/origin/origin_service.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "mock_upstream/wire/fault_answer.h"
#include "mock_upstream/wire/write.h"
#include "sim/core/digest.h"
#include "sim/world/origin.h"

namespace pinproof::mock_upstream {
namespace {

constexpr std::uint64_t kPieceBytes = 64UL << 10U;
constexpr std::string_view kEchoTarget = "/ip";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

class OriginService {
 public:
  OriginService(std::shared_ptr<Site> site, std::shared_ptr<Stream> stream, const WireLimits& limits, std::string from,
                std::string tls_fingerprint)
      : site_(std::move(site)),
        messages_(std::move(stream), limits),
        from_(std::move(from)),
        tls_fingerprint_(std::move(tls_fingerprint)) {}

  Task<> serve() {
    while (true) {
      const ReadState state = co_await messages_.read_head();
      if (state == ReadState::kFailed && messages_.fault() != WireFault::kNone) {
        const std::string refusal = answer_to_fault(messages_.fault());
        co_await messages_.write(refusal);
        co_await messages_.close_gently();
      }
      if (state != ReadState::kOk) break;
      const bool kept = co_await answer_one();
      if (!kept) break;
    }
    messages_.transport().close();
  }

 private:
  // False when the connection ends with it.
  Task<bool> answer_one() {
    const bool keep_alive = messages_.facts().keep_alive;
    const sim::RequestHead head = messages_.take_head();
    const auto expect = head.headers.find("Expect");
    if (expect && sim::same_field_name(*expect, "100-continue") && messages_.facts().framing != BodyFraming::kNone) {
      const bool asked = co_await messages_.write(kContinue);
      if (!asked) co_return false;
    }
    sim::Digest digest;
    std::uint64_t bytes = 0;
    while (true) {
      const BodyPiece piece = co_await messages_.read_body();
      if (piece.state != ReadState::kOk) co_return false;
      if (piece.bytes.empty()) break;
      digest.add(piece.bytes);
      bytes += piece.bytes.size();
    }
    const bool echo = head.method == "GET" && head.target == kEchoTarget;
    sim::OriginPlan plan = head.method == "CONNECT" ? no_tunnel()
                           : echo                   ? echo_of(from_)
                                                    : sim::plan_of_origin(head, bytes);
    const std::string token = sim::token_of_target(head.target);
    note(head, token, bytes, digest.value());
    const bool sent = co_await send(plan, token);
    if (sent && !keep_alive) co_await messages_.close_gently();
    co_return sent&& keep_alive;
  }

  // A 200 to CONNECT would promise a tunnel.
  static sim::OriginPlan no_tunnel() {
    sim::OriginPlan plan;
    plan.head.status = 405;
    plan.head.headers.add("Content-Length", "0");
    return plan;
  }

  // Who asks, as the pages do that tell people their address.
  static sim::OriginPlan echo_of(const std::string& from) {
    sim::OriginPlan plan;
    plan.body.text = "{\"ip\": \"" + from + "\"}\n";
    plan.body.size = plan.body.text.size();
    plan.head.status = 200;
    plan.head.headers.add("Content-Type", "application/json");
    plan.head.headers.add_number("Content-Length", plan.body.size);
    return plan;
  }

  void note(const sim::RequestHead& head, const std::string& token, std::uint64_t bytes, std::uint64_t digest) {
    OriginSaw saw;
    saw.from = from_;
    saw.method = head.method;
    saw.path = head.target;
    saw.token = token;
    saw.headers = head.headers;
    saw.body_bytes = bytes;
    saw.body_digest = digest;
    saw.tls_fingerprint = tls_fingerprint_;
    site_->journal.add(site_->clock.now(), std::move(saw));
  }

  Task<bool> send(const sim::OriginPlan& plan, const std::string& token) {
    std::string out;
    append_head(out, plan.head);
    const bool gated = plan.gate_at && !site_->gates.is_open(token);
    const std::uint64_t first = gated ? *plan.gate_at : plan.body.size;
    bool sent = co_await send_body(plan.body, 0, first, std::move(out));
    if (sent && gated) {
      sent = co_await wait_at_gate(token);
      if (sent) sent = co_await send_body(plan.body, first, plan.body.size, std::string());
    }
    co_return sent;
  }

  // `out` goes before it, in the same write.
  Task<bool> send_body(const sim::OriginBody& body, std::uint64_t from, std::uint64_t to, std::string out) {
    do {
      const std::uint64_t piece = std::min(kPieceBytes, to - from);
      body.append_to(out, from, piece);
      from += piece;
      const bool sent = co_await messages_.write(out);
      if (!sent) co_return false;
      out.clear();
    } while (from < to);
    co_return true;
  }

  // False when the peer has gone while it waited.
  Task<bool> wait_at_gate(const std::string& token) {
    Wakeup wakeup;
    bool gone = false;
    const Counted held(site_->activity.held);
    const Gates::Waiting waiting(site_->gates, token, wakeup);
    const PeerWatch watch(messages_.transport(), [&gone, &wakeup] {
      gone = true;
      wakeup.fire();
    });
    co_await wakeup.wait();
    co_return !gone;
  }

  std::shared_ptr<Site> site_;
  RequestStream messages_;
  std::string from_;
  std::string tls_fingerprint_;
};

}  // namespace

Task<> serve_origin(std::shared_ptr<Site> site, std::shared_ptr<Stream> stream, WireLimits limits, std::string from,
                    std::string tls_fingerprint) {
  OriginService service(std::move(site), std::move(stream), limits, std::move(from), std::move(tls_fingerprint));
  co_await service.serve();
}

}  // namespace pinproof::mock_upstream
