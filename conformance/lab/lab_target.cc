#include "conformance/lab/lab_target.h"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <variant>

#include "conformance/lab/lab.h"
#include "conformance/live/live_target.h"
#include "conformance/target/reference_gateway.h"
#include "mock_upstream/net/open_files.h"

namespace pinproof::conformance {
namespace {

namespace asio = mock_upstream::asio;

LabOptions lab_of(const SimulatedTargetOptions& options) {
  LabOptions lab;
  lab.rules = options.rules;
  lab.exits = options.exits;
  lab.seed = options.seed;
  return lab;
}

std::string text_of(const mock_upstream::Endpoint& at) {
  return at.address().to_string() + ":" + std::to_string(at.port());
}

/// Files that are open for everything but requests: exits, origin, the program.
constexpr std::uint64_t kFilesBeside = 300;
/// In tenths, of a request: client and gateway have an end each of one connection; and while they last those to exit and origin, which
/// not all have at one instant.
constexpr std::uint64_t kFilesATenthRequest = 39;
/// Fewer requests at once are no matter for any limit.
constexpr std::uint64_t kCrowd = 500;

TargetDescription describe(const SimulatedTargetOptions& options, Lab& lab) {
  TargetDescription description = describe_reference(options);
  description.kind = "lab";
  description.clock = ClockKind::kControlled;
  description.capabilities.add(Capability::kWire);
  if (lab.ca()) description.capabilities.add(Capability::kTls);
  const std::uint64_t files = mock_upstream::open_files_max();
  description.at_once_max = files > kFilesBeside ? (files - kFilesBeside) * 10 / kFilesATenthRequest : 0;
  description.crowd = kCrowd;
  for (sim::Exit& exit : description.exits) exit.port = 0;
  description.varying["exits_port"] = std::to_string(lab.exits().front().port);
  description.varying["gateway"] = text_of(lab.gateway().at());
  description.varying["origin"] = text_of(lab.upstreams().origin().http());
  return description;
}

std::shared_ptr<mock_upstream::TlsClient> client_of(Lab& lab) {
  if (!lab.ca()) return nullptr;
  mock_upstream::TlsTrust trust;
  trust.pem = lab.ca()->certificate_pem();
  auto made = mock_upstream::TlsClient::make(trust);
  if (const auto* const complaint = std::get_if<std::string>(&made))
    throw std::runtime_error("the lab's CA: " + *complaint);
  return std::get<std::shared_ptr<mock_upstream::TlsClient>>(std::move(made));
}

LiveTargetOptions live_of(const SimulatedTargetOptions& options, Lab& lab) {
  LiveTargetOptions live;
  live.description = describe(options, lab);
  live.gateway.at = lab.gateway().at();
  live.gateway.host = "127.0.0.1:" + std::to_string(live.gateway.at.port());
  live.api = api_dialect_of(options.rules.api);
  live.accounts = secrets_of(options.rules.accounts);
  live.tls = client_of(lab);
  live.reads_inside_tunnels = options.rules.forwarding.connect == sim::ConnectMode::kIntercept;
  live.in_process = true;
  live.rewind = [&lab] { lab.rewind(); };
  return live;
}

/// Before the target itself, since it is there first and goes last.
struct Running {
  explicit Running(const SimulatedTargetOptions& options)
      : lab(io, lab_of(options), [](std::string_view what) { throw TargetLost("the lab: " + std::string(what)); }) {
    if (const auto hindrance = lab.start()) throw std::runtime_error("the lab cannot start: " + *hindrance);
  }
  ~Running() {
    lab.stop();
    io.restart();
    io.poll();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  asio::io_context io{1};
  Lab lab;
};

class LabTarget final : private Running, public LiveTarget {
 public:
  explicit LabTarget(const SimulatedTargetOptions& options)
      : Running(options), LiveTarget(live_of(options, lab), io, &lab.gateway_control(), &lab.upstream_control()) {}
};

}  // namespace

std::unique_ptr<Target> make_lab_target(const SimulatedTargetOptions& options) {
  return std::make_unique<LabTarget>(options);
}

}  // namespace pinproof::conformance
