// An exit's answer on its way to the client: a body with bounded memory, or a tunnel.
#include <utility>

#include "conformance/gateway_server/client_connection.h"
#include "mock_upstream/wire/relay.h"
#include "mock_upstream/wire/write.h"
#include "sim/gateway/forwarding.h"

namespace pinproof::conformance {

using mock_upstream::BodyFraming;
using mock_upstream::BodyPiece;
using mock_upstream::ReadState;
using mock_upstream::Task;
using mock_upstream::TunnelEnd;

namespace {

// A head and what is there of its body go in one write, up to here.
constexpr std::size_t kTogetherMax = 16UL << 10U;

}  // namespace

Task<std::optional<bool>> ClientConnection::relay(sim::Headers added) {
  const std::shared_ptr<ExitLink> link = exchange_->link();
  const sim::Rules& rules = context_->model.rules();
  std::optional<bool> kept;
  if (request_.connect) {
    kept = co_await open_tunnel(std::move(added));
    co_return kept;
  }
  sim::ResponseHead head = sim::relayed_response(rules.forwarding, link->answers.head(), added, false);
  const bool length_withheld = rules.session.loss.cut_answer == sim::CutAnswer::kEnded;
  if (length_withheld) head.headers.remove("Content-Length");
  answer_framing_ = framing_to_client(link->answers.facts(), head.status, asked(), length_withheld);
  const bool keeps = may_be_kept() && answer_framing_ != BodyFraming::kUntilClose;
  std::string out;
  append_answer_head(out, head, answer_framing_, keeps, asked());
  kept = co_await relay_body(std::move(out), keeps);
  co_return kept;
}

Task<std::optional<bool>> ClientConnection::relay_body(std::string out, bool kept) {
  const std::shared_ptr<ExitLink> link = exchange_->link();
  const bool chunked = answer_framing_ == BodyFraming::kChunked;
  std::uint64_t bytes_down = 0;
  bool written = true;
  bool last = false;
  while (!last) {
    std::optional<BodyPiece> piece = link->answers.body_at_hand();
    if (!piece) {
      if (!out.empty()) written = co_await requests_->write(out);
      out.clear();
      if (written) piece = co_await link->answers.read_body();
    }
    if (!written || !exchange_->is_open()) {
      client_gone();
      co_return false;
    }
    if (piece->state != ReadState::kOk) {
      written = out.empty() || co_await requests_->write(out);
      context_->model.attempt_failed(*exchange_, sim::AttemptFailure::kReset);
      co_return std::nullopt;
    }
    last = piece->bytes.empty();
    bytes_down += piece->bytes.size();
    if (chunked && last) {
      mock_upstream::append_last_chunk(out);
    } else if (chunked) {
      mock_upstream::append_chunk(out, piece->bytes);
    } else if (out.empty() && !last) {
      written = co_await requests_->write(piece->bytes);
    } else {
      out.append(piece->bytes);
    }
    if (!last && out.size() >= kTogetherMax) {
      written = co_await requests_->write(out);
      out.clear();
    }
  }
  if (upload_) upload_->pause();
  std::shared_ptr<ExitLink> used = exchange_->release();
  used->reusable = used->reusable && used->answers.facts().keep_alive && (!upload_ || upload_->whole());
  written = written && (out.empty() || co_await requests_->write(out));
  if (!written) {
    used->close();
    client_gone();
    co_return false;
  }
  context_->model.finished(*exchange_, upload_ ? upload_->bytes() : 0, bytes_down);
  context_->kept.keep(std::move(used));
  kept = co_await end_answer(std::string(), kept);
  co_return kept;
}

Task<std::optional<bool>> ClientConnection::open_tunnel(sim::Headers added) {
  const std::shared_ptr<ExitLink> link = exchange_->link();
  const sim::Rules& rules = context_->model.rules();
  const sim::ResponseHead head = sim::relayed_response(rules.forwarding, link->answers.head(), added, true);
  std::string out;
  mock_upstream::append_head(out, head);
  const bool written = co_await requests_->write(out);
  if (!written || !exchange_->is_open()) {
    client_gone();
    co_return false;
  }
  answer_framing_ = BodyFraming::kNone;
  watch_.reset();  // the tunnel reads from the client, and notices itself
  std::string up = requests_->take_rest();
  std::string down = link->answers.take_rest();
  const auto tasks = context_->site->tasks;
  const auto client = requests_->shared_stream();
  const mock_upstream::TunnelLimits limits = context_->options.tunnel;
  const TunnelEnd end =
      co_await mock_upstream::counted_tunnel(tasks, client, link->stream, std::move(up), std::move(down), limits);
  if (end.by == TunnelEnd::By::kOrigin) {
    context_->model.attempt_failed(*exchange_, sim::AttemptFailure::kReset);
    co_return std::nullopt;
  }
  context_->model.finished(*exchange_, end.bytes_up, end.bytes_down);
  co_return false;
}

}  // namespace pinproof::conformance
