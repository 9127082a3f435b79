#include "mock_upstream/exits/exits.h"

#include <algorithm>
#include <utility>

#include "mock_upstream/exits/exit_pool.h"

namespace pinproof::mock_upstream {

std::uint64_t open_files_of(const ExitsOptions& options) {
  // A listener and a connection each; both ends of those that lead on to the origin are in this process; and what a program has besides.
  constexpr std::uint64_t kOthers = 256;
  const std::uint64_t exits = options.exits.size();
  return 2 * exits + 2 * std::min<std::uint64_t>(exits, options.origin_connections_kept_max) + kOthers;
}

Exits::Exits(std::shared_ptr<Site> site, ExitsOptions options)
    : pool_(std::make_shared<ExitPool>(std::move(site), std::move(options))) {}

Exits::~Exits() { pool_->stop(); }

std::optional<std::string> Exits::start() { return pool_->start(); }
void Exits::stop() { pool_->stop(); }
const std::vector<sim::Exit>& Exits::list() const { return pool_->exits(); }
std::optional<sim::ExitId> Exits::find(std::string_view address) const { return pool_->find(address); }
bool Exits::is_up(sim::ExitId exit) const { return pool_->is_up(exit); }
void Exits::act(const sim::ExitEvent& event) { pool_->act(event); }
void Exits::schedule(const sim::ScheduledExitEvent& scheduled) { pool_->schedule(scheduled); }
void Exits::reset() { pool_->reset(); }

}  // namespace pinproof::mock_upstream
