#include "conformance/live/contract_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "conformance/live/contract_json.h"

namespace pinproof::conformance {
namespace {

void ignore(const sim::JsonReader&) {}

std::string action_text(const sim::ExitEvent& event) {
  std::string text = fmt::format(R"({{"action":"{}")", sim::to_string(event.action));
  if (event.lasting) text += fmt::format(R"(,"for_ns":{})", event.lasting->count());
  if (event.count) text += fmt::format(R"(,"count":{})", *event.count);
  if (event.action == sim::ExitAction::kSlow) text += fmt::format(R"(,"delay_ns":{})", event.delay.count());
  return text + "}";
}

}  // namespace

HttpClockControl::HttpClockControl(mock_upstream::asio::io_context& io, ContractOptions options)
    : call_(io, std::move(options)) {}

ClockState HttpClockControl::state() {
  ClockState state;
  call_.get("/clock", [&state](const sim::JsonReader& json) { state = read_clock(json); });
  return state;
}

ClockState HttpClockControl::advance_to(sim::Instant to) {
  const std::int64_t to_ns = to.time_since_epoch().count();
  ClockState state;
  call_.post("/clock/advance", fmt::format(R"({{"to_ns":{}}})", to_ns), [&](const sim::JsonReader& json) {
    state = read_clock(json);
    if (state.now != to) json.at("now_ns").refuse(fmt::format("{}, which it was told to go to", to_ns));
  });
  return state;
}

bool HttpClockControl::reset(std::uint64_t seed) {
  return call_.post_where_offered("/reset", fmt::format(R"({{"seed":"{}"}})", seed), ignore);
}

HttpUpstreamControl::HttpUpstreamControl(mock_upstream::asio::io_context& io, ContractOptions options)
    : call_(io, options), clock_(io, std::move(options)) {}

std::vector<sim::Exit> HttpUpstreamControl::exits() {
  call_.get("/exits", [this](const sim::JsonReader& json) { exits_ = read_exits(json); });
  return exits_;
}

void HttpUpstreamControl::act(const sim::ExitEvent& event) {
  if (exits_.empty()) exits();
  const std::size_t index = sim::index_of(event.exit);
  if (index >= exits_.size()) {
    throw ControlLost(fmt::format("exit number {} is not among the {} that the upstreams list", index, exits_.size()));
  }
  call_.post("/exits/" + exits_[index].address, action_text(event), ignore);
}

void HttpUpstreamControl::release(const std::string& token) {
  call_.post("/release", R"({"token":)" + sim::json_text(token) + "}", ignore);
}

std::vector<mock_upstream::JournalEntry> HttpUpstreamControl::journal(std::uint64_t since) {
  std::vector<mock_upstream::JournalEntry> entries;
  // What was forgotten on purpose is no loss, and so the first page after a reset is whatever is kept; it says where that begins. 0 is not a
  // number to begin with either.
  std::uint64_t next = forgotten_ ? 0 : std::max(since, kept_from_);
  while (true) {
    const std::size_t before = entries.size();
    const std::string path = next == 0 ? "/journal" : fmt::format("/journal?since={}", next);
    call_.get(path, [&](const sim::JsonReader& json) { next = read_journal_page(json, next, entries); });
    if (std::exchange(forgotten_, false)) kept_from_ = entries.empty() ? next : entries.front().sequence;
    if (entries.size() == before) break;
  }
  std::erase_if(entries, [since](const mock_upstream::JournalEntry& entry) { return entry.sequence < since; });
  return entries;
}

void HttpUpstreamControl::reset() {
  call_.post("/reset", "{}", ignore);
  forgotten_ = true;
}

}  // namespace pinproof::conformance
