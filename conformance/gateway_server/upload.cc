#include "conformance/gateway_server/upload.h"

#include <optional>
#include <string_view>
#include <utility>

#include "mock_upstream/wire/write.h"

namespace pinproof::conformance {

using mock_upstream::BodyPiece;
using mock_upstream::ReadState;
using mock_upstream::Stream;
using mock_upstream::Task;
using mock_upstream::Wakeup;

Upload::Upload(std::shared_ptr<mock_upstream::RequestStream> from, std::size_t kept_max)
    : from_(std::move(from)),
      kept_max_(kept_max),
      chunked_(from_->facts().framing == mock_upstream::BodyFraming::kChunked) {}

void Upload::begin(std::string& out) {
  sink_.reset();
  while (!pumping_ && !whole_ && !broken_ && kept_.size() < kept_max_) {
    const std::optional<BodyPiece> piece = from_->body_at_hand();
    if (!piece) break;
    take(*piece);
  }
  out += kept_;
  sent_ = kept_.size();
}

Task<bool> Upload::go_on(std::shared_ptr<Upload> self, std::shared_ptr<mock_upstream::Tasks> tasks,
                         std::shared_ptr<Stream> to) {
  // What came while the start was being sent.
  while (self->sent_ < self->kept_.size()) {
    const std::string more = self->kept_.substr(self->sent_);
    const auto [error, written] = co_await to->write(more);
    if (error) co_return false;
    self->sent_ += more.size();
  }
  self->sink_ = std::move(to);
  self->forget_sent();
  if (self->pumping_) {
    self->wake();
  } else if (!self->whole_ && !self->broken_) {
    self->pumping_ = true;
    tasks->start("a request's body", pump(self));
  }
  co_return true;
}

// A client that breaks off ends its connection here, which whoever serves it notices.
Task<> Upload::pump(std::shared_ptr<Upload> self) {
  while (true) {
    if (self->sink_ && self->sent_ < self->kept_.size()) {
      const std::shared_ptr<Stream> to = self->sink_;
      const auto [error, written] = co_await to->write(std::string_view(self->kept_).substr(self->sent_));
      if (to != self->sink_) continue;
      self->sent_ = self->kept_.size();
      self->forget_sent();
      if (error) self->sink_.reset();
    } else if (self->whole_ || self->broken_) {
      break;
    } else if (!self->sink_ && !self->draining_ && self->kept_.size() >= self->kept_max_) {
      Wakeup wakeup;
      self->paused_ = &wakeup;
      co_await wakeup.wait();
    } else {
      const BodyPiece piece = co_await self->from_->read_body();
      if (!self->take(piece)) break;
    }
  }
  self->pumping_ = false;
  if (self->finishing_ != nullptr) std::exchange(self->finishing_, nullptr)->fire();
}

Task<bool> Upload::drain(std::shared_ptr<Upload> self, std::size_t drained_max) {
  self->sink_.reset();
  self->draining_ = true;
  self->drain_left_ = drained_max;
  if (self->pumping_) {
    Wakeup finished;
    self->finishing_ = &finished;
    self->wake();
    if (self->pumping_) co_await finished.wait();
  } else if (!self->whole_ && !self->broken_) {
    self->pumping_ = true;
    co_await pump(self);
  }
  co_return self->whole_;
}

void Upload::abandon() {
  sink_.reset();
  broken_ = !whole_;
  wake();
}

// False when there is no more.
bool Upload::take(const BodyPiece& piece) {
  if (piece.state != ReadState::kOk) {
    broken_ = true;
    from_->transport().close();
    return false;
  }
  whole_ = piece.bytes.empty();
  bytes_ += piece.bytes.size();
  if (draining_) {
    const bool enough = piece.bytes.size() > drain_left_;
    broken_ = enough;
    drain_left_ -= enough ? 0 : piece.bytes.size();
    return !whole_ && !broken_;
  }
  if (!chunked_) {
    kept_.append(piece.bytes);
  } else if (whole_) {
    mock_upstream::append_last_chunk(kept_);
  } else {
    mock_upstream::append_chunk(kept_, piece.bytes);
  }
  return true;
}

void Upload::forget_sent() {
  if (sent_ < kept_.size() || (kept_.size() <= kept_max_ && !dropped_)) return;
  dropped_ = true;
  kept_.clear();
  sent_ = 0;
}

void Upload::wake() {
  if (paused_ != nullptr) std::exchange(paused_, nullptr)->fire();
}

}  // namespace pinproof::conformance
