#include "conformance/live/live_target.h"

#include <utility>

#include "conformance/live/live_session.h"

namespace pinproof::conformance {
namespace {

/// For a connection whose fate is asked about, and nothing else.
class NoEvents final : public LiveConnectionEvents {
 public:
  void on_sent(std::uint64_t) override {}
  void on_head(std::uint64_t, const sim::ResponseHead&) override {}
  void on_end(std::uint64_t, const LiveEnd&) override {}
};

mock_upstream::Report report_of(const LiveTargetOptions& options) {
  if (options.report) return options.report;
  return [](std::string_view) {};
}

}  // namespace

LiveTarget::Inside::Inside(LiveTargetOptions options_in, mock_upstream::asio::io_context& io, ClockControl* gateway_in,
                           UpstreamControl* upstreams_in)
    : options(std::move(options_in)),
      credentials(options.accounts),
      loop(io, options.stop),
      site(std::make_shared<LiveSite>(io.get_executor(), report_of(options))),
      gateway(gateway_in),
      upstreams(upstreams_in),
      timeline(options.description.clock, options.description.clock_scale, gateway_in, upstreams_in) {
  site->tls = options.tls;
}

LiveTarget::LiveTarget(LiveTargetOptions options, mock_upstream::asio::io_context& io, ClockControl* gateway,
                       UpstreamControl* upstreams)
    : inside_(std::make_unique<Inside>(std::move(options), io, gateway, upstreams)),
      session_(std::make_unique<Session>(*inside_, 0)) {}

LiveTarget::~LiveTarget() {
  session_.reset();
  // The connections end by themselves now; they look at nothing of this any more.
  inside_->loop.run_ready();
}

std::optional<std::string> LiveTarget::unreachable() {
  NoEvents nothing;
  const auto connection = LiveConnection::open(inside_->site, inside_->options.gateway, nothing);
  while (!connection->is_settled()) inside_->loop.run_one(std::chrono::steady_clock::now() + std::chrono::seconds(1));
  const std::string why = connection->why();
  const bool reached = connection->is_open();
  connection->forget();
  if (reached) return std::nullopt;
  return why;
}

const TargetDescription& LiveTarget::description() const { return inside_->options.description; }

void LiveTarget::reset(std::uint64_t seed) {
  // What is left of a session that ended badly may not be read into the next one.
  if (inside_->upstreams != nullptr) {
    try {
      for (const auto& entry : inside_->upstreams->journal(inside_->journal_read)) {
        inside_->journal_read = entry.sequence + 1;
      }
    } catch (const ControlLost&) {
      // Forgotten already, perhaps, and by the reset below in any case. A control that is gone says so there.
    }
  }
  // There is always one, though a control may be lost from here on.
  session_ = std::make_unique<Session>(*inside_, 0);
  inside_->loop.run_ready();
  // A gateway that starts anew may look at its exits at once: they are as they should be by then.
  if (inside_->upstreams != nullptr) inside_->upstreams->reset();
  if (inside_->gateway != nullptr) inside_->gateway->reset(seed);
  inside_->loop.run_ready();
  if (inside_->options.rewind) inside_->options.rewind();
  inside_->timeline.restart();
  session_ = std::make_unique<Session>(*inside_, inside_->timeline.received().value_or(0));
}

Instant LiveTarget::now() const { return inside_->timeline.now(); }
void LiveTarget::submit(Stimulus stimulus) { session_->submit(std::move(stimulus)); }
void LiveTarget::submit(const ApiStimulus& stimulus) { session_->submit(stimulus); }
void LiveTarget::wait_for(const std::vector<std::uint64_t>& ids) { session_->wait_for(ids); }
void LiveTarget::wait_until(Instant until) { session_->wait_until(until); }
void LiveTarget::settle() { session_->settle(); }
void LiveTarget::act(const sim::ExitEvent& event) { session_->act(event); }
void LiveTarget::release(const std::string& token) { session_->release(token); }
void LiveTarget::abandon(std::uint64_t id) { session_->abandon(id); }
void LiveTarget::close(const std::string& actor, const ConnectionChoice& connection) {
  session_->close(actor, connection);
}
void LiveTarget::take(std::vector<Record>& records) { session_->take(records); }
void LiveTarget::complete_journals() { session_->complete_journals(); }

}  // namespace pinproof::conformance
