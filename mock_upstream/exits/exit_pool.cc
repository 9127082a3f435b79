#include "mock_upstream/exits/exit_pool.h"

#include <fmt/format.h>

#include <utility>

#include "mock_upstream/exits/exit_connection.h"

namespace pinproof::mock_upstream {
namespace {

// How often a port that is free on the first address may prove taken on another.
constexpr int kPortTries = 8;

}  // namespace

ExitPool::ExitPool(std::shared_ptr<Site> site, ExitsOptions options)
    : site_(std::move(site)), options_(std::move(options)), model_(options_.exits) {
  by_address_.reserve(options_.exits.size());
  for (std::size_t i = 0; i < options_.exits.size(); ++i) {
    by_address_.insert(options_.exits[i].address, sim::ExitId{static_cast<std::uint32_t>(i)});
  }
}

void ExitPool::make_doors() {
  const auto report = [tasks = site_->tasks](std::string_view what) { tasks->report(what); };
  doors_.resize(options_.exits.size());
  for (std::size_t i = 0; i < doors_.size(); ++i) {
    const sim::ExitId exit{static_cast<std::uint32_t>(i)};
    auto on_connection = [this, exit](Socket socket) { accept(exit, std::move(socket)); };
    doors_[i].listener = std::make_unique<Listener>(site_->executor(), on_connection, report);
  }
}

std::optional<std::string> ExitPool::start() {
  if (doors_.empty()) make_doors();
  std::optional<std::string> hindrance;
  for (int attempt = 0; attempt < kPortTries; ++attempt) {
    hindrance = open_all(options_.port);
    if (!hindrance || options_.port != 0) break;
  }
  running_ = !hindrance;
  return hindrance;
}

std::optional<std::string> ExitPool::open_all(std::uint16_t port) {
  for (std::size_t i = 0; i < doors_.size(); ++i) {
    sim::Exit& exit = options_.exits[i];
    Error error;
    const auto address = asio::ip::make_address_v4(exit.address, error);
    if (!error && !address.is_loopback()) error = asio::error::address_family_not_supported;
    if (!error) error = doors_[i].listener->open(Endpoint(address, port));
    if (error) {
      for (std::size_t opened = 0; opened < i; ++opened) doors_[opened].listener->close();
      return fmt::format("the exit {} cannot listen at port {}: {}", exit.address, port, error.message());
    }
    port = exit.port = doors_[i].listener->local().port();
  }
  return std::nullopt;
}

void ExitPool::stop() {
  running_ = false;
  if (alarm_) site_->clock.cancel(*alarm_);
  alarm_.reset();
  armed_for_ = sim::kNever;
  for (Door& door : doors_) door.listener->close();
}

std::optional<sim::ExitId> ExitPool::find(std::string_view address) const {
  const sim::ExitId* found = by_address_.find(address);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

void ExitPool::act(const sim::ExitEvent& event) {
  catch_up();
  take(model_.apply(event, site_->clock.now()));
  arm();
}

void ExitPool::schedule(const sim::ScheduledExitEvent& scheduled) {
  catch_up();
  model_.schedule(scheduled);
  catch_up();
  arm();
}

void ExitPool::reset() {
  model_ = sim::Pool(options_.exits);
  for (std::size_t i = 0; i < doors_.size(); ++i) {
    std::vector<std::shared_ptr<ExitConnection>> busy;
    for (ExitConnection* each : doors_[i].live) {
      if (each->is_busy()) busy.push_back(each->shared_from_this());
    }
    for (const auto& each : busy) each->reset();
    move_door(sim::ExitId{static_cast<std::uint32_t>(i)});
  }
  catch_up();
  arm();
}

sim::ExitReception ExitPool::receive(sim::ExitId exit) {
  catch_up();
  const sim::ExitReception reception = model_.receive(exit, site_->clock.now());
  move_door(exit);
  arm();
  return reception;
}

void ExitPool::accept(sim::ExitId exit, Socket socket) {
  auto connection = std::make_shared<ExitConnection>(shared_from_this(), exit, std::move(socket));
  if (connections_ > options_.connections_max) return connection->reset();
  site_->tasks->start("an exit's connection", ExitConnection::serve(connection));
}

void ExitPool::joined(sim::ExitId exit, ExitConnection& connection) {
  ++connections_;
  doors_[sim::index_of(exit)].live.insert(&connection);
}

void ExitPool::left(sim::ExitId exit, ExitConnection& connection) {
  --connections_;
  doors_[sim::index_of(exit)].live.erase(&connection);
}

// A wall clock rings late. The model is never asked about an instant before all that was due by then has happened.
void ExitPool::catch_up() {
  const sim::Instant now = site_->clock.now();
  while (const auto change = model_.advance_to(now)) take(*change);
}

void ExitPool::take(const sim::ExitChange& change) {
  move_door(change.exit);
  if (!change.connections_reset || doors_.empty()) return;
  std::vector<std::shared_ptr<ExitConnection>> live;
  for (ExitConnection* each : doors_[sim::index_of(change.exit)].live) live.push_back(each->shared_from_this());
  for (const auto& each : live) each->reset();
}

void ExitPool::move_door(sim::ExitId exit) {
  if (!running_) return;
  Listener& listener = *doors_[sim::index_of(exit)].listener;
  const bool up = model_.is_up(exit);
  if (up == listener.is_open()) return;
  if (!up) return listener.close();
  if (const Error error = listener.open(listener.local())) {
    site_->tasks->report(fmt::format("the exit {} cannot come back: {}", address(exit), error.message()));
  }
}

void ExitPool::arm() {
  const sim::Instant next = model_.next_change();
  if (next == armed_for_ || !running_) return;
  if (alarm_) site_->clock.cancel(*alarm_);
  alarm_.reset();
  armed_for_ = next;
  if (next == sim::kNever) return;
  alarm_ = site_->clock.set(next, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->alarm_.reset();
    self->armed_for_ = sim::kNever;
    self->catch_up();
    self->arm();
  });
}

}  // namespace pinproof::mock_upstream
