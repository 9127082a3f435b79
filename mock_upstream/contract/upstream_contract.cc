#include "mock_upstream/contract/upstream_contract.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <utility>
#include <variant>

#include "mock_upstream/contract/journal_text.h"
#include "sim/core/json_reader.h"
#include "sim/http/target.h"

namespace pinproof::mock_upstream {
namespace {

constexpr std::int64_t kCountMax = 1'000'000;
constexpr std::int64_t kNanosecondsMax = std::numeric_limits<std::int64_t>::max() - 1;

void append_exit(std::string& out, const Exits& exits, std::size_t index) {
  const sim::Exit& exit = exits.list()[index];
  fmt::format_to(std::back_inserter(out),
                 R"({{"ip":{},"port":{},"type":"{}","region":{},"state":{},"city":{},"asn":{},"up":{}}})",
                 sim::json_text(exit.address), exit.port, sim::to_string(exit.type), sim::json_text(exit.region),
                 sim::json_text(exit.state), sim::json_text(exit.city), exit.asn,
                 exits.is_up(sim::ExitId{static_cast<std::uint32_t>(index)}));
}

ApiAnswer list_exits(const Exits& exits) {
  ApiAnswer answer;
  answer.json = "[";
  for (std::size_t i = 0; i < exits.list().size(); ++i) {
    if (i > 0) answer.json += ',';
    append_exit(answer.json, exits, i);
  }
  answer.json += ']';
  return answer;
}

struct Order {
  sim::ExitEvent event;
  std::optional<Instant> at;
};

Order read_order(const sim::JsonReader& json, sim::ExitId exit, Instant now) {
  json.object({"action", "for_ns", "count", "at_ns", "delay_ns"});
  Order order;
  order.event.exit = exit;
  order.event.action = json.at("action").one_of<sim::ExitAction>({{"drop", sim::ExitAction::kDrop},
                                                                  {"restore", sim::ExitAction::kRestore},
                                                                  {"reset", sim::ExitAction::kReset},
                                                                  {"fail", sim::ExitAction::kFail},
                                                                  {"slow", sim::ExitAction::kSlow},
                                                                  {"blackhole", sim::ExitAction::kBlackhole}});
  const bool slow = order.event.action == sim::ExitAction::kSlow;
  const bool ends = order.event.action != sim::ExitAction::kRestore && order.event.action != sim::ExitAction::kReset;
  if (const auto lasting = json.optional("for_ns")) {
    if (!ends) lasting->refuse("no for_ns: this action is done at once");
    order.event.lasting = Duration(lasting->integer(1, kNanosecondsMax));
  }
  if (const auto count = json.optional("count")) {
    if (!ends) count->refuse("no count: this action is done at once");
    if (order.event.action == sim::ExitAction::kDrop) {
      count->refuse("no count: nobody is there to count what a closed listener refuses");
    }
    order.event.count = static_cast<std::uint32_t>(count->integer(1, kCountMax));
  }
  if (slow) order.event.delay = Duration(json.at("delay_ns").integer(1, kNanosecondsMax));
  if (const auto delay = json.optional("delay_ns"); delay && !slow) delay->refuse("no delay_ns: only \"slow\" has one");
  if (const auto at = json.optional("at_ns")) {
    order.at = Instant(Duration(at->integer(now.time_since_epoch().count(), kNanosecondsMax)));
  }
  return order;
}

ApiAnswer act(Exits& exits, const Site& site, const ApiRequest& request) {
  const auto exit = exits.find(request.rest);
  if (!exit) return api_error(404, fmt::format("there is no exit {}", request.rest));
  const auto order = sim::parse_json(
      "body", request.body, [&](const sim::JsonReader& json) { return read_order(json, *exit, site.clock.now()); });
  if (const auto* error = std::get_if<sim::InputError>(&order)) return api_error(400, error->message());
  const Order& read = std::get<Order>(order);
  if (read.at) {
    // A clock that moves by itself may have passed it by now: then it is due.
    exits.schedule({std::max(*read.at, site.clock.now()), read.event});
  } else {
    exits.act(read.event);
  }
  ApiAnswer answer;
  answer.json.clear();
  append_exit(answer.json, exits, sim::index_of(*exit));
  return answer;
}

ApiAnswer read_journal(const Journal& journal, const ApiRequest& request) {
  std::uint64_t since = journal.first();
  if (!request.query.empty()) {
    const std::string path = "?" + request.query;
    const auto text = sim::query_value(path, "since");
    if (!text) return api_error(400, "the query is since=N");
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), since);
    if (error != std::errc{} || end != text->data() + text->size()) return api_error(400, "since is not a number");
  }
  if (since > journal.next()) {
    return api_error(400, fmt::format("the journal has come to {}, and not yet to {}", journal.next(), since));
  }
  if (since < journal.first()) {
    return api_error(410, fmt::format("the journal begins at {}; what was before it is forgotten", journal.first()));
  }
  const auto begin = journal.entries().begin() + static_cast<std::ptrdiff_t>(since - journal.first());
  const auto count = std::min<std::uint64_t>(journal.next() - since, kJournalPageMax);
  ApiAnswer answer;
  answer.json = fmt::format(R"({{"next":{},"events":[)", since + count);
  for (auto each = begin; each != begin + static_cast<std::ptrdiff_t>(count); ++each) {
    if (each != begin) answer.json += ',';
    append_entry(answer.json, *each);
  }
  answer.json += "]}";
  return answer;
}

ApiAnswer release(Gates& gates, const ApiRequest& request) {
  constexpr std::size_t kTokenMax = 256;
  const auto token = sim::parse_json("body", request.body, [](const sim::JsonReader& json) {
    json.object({"token"});
    return json.at("token").non_empty_string(kTokenMax);
  });
  if (const auto* error = std::get_if<sim::InputError>(&token)) return api_error(400, error->message());
  if (!gates.release(std::get<std::string>(token))) return api_error(409, "too many releases are kept: POST /reset");
  return {};
}

ApiAnswer reset(Site& site, Exits& exits) {
  exits.reset();
  site.gates.reset();
  site.journal.clear();
  return {};
}

}  // namespace

std::vector<ApiRoute> upstream_routes(std::shared_ptr<Site> site, Exits& exits) {
  std::vector<ApiRoute> routes;
  routes.push_back({"GET", "/exits", [&exits](const ApiRequest&) { return list_exits(exits); }});
  routes.push_back(
      {"POST", "/exits/", [site, &exits](const ApiRequest& request) { return act(exits, *site, request); }});
  routes.push_back(
      {"GET", "/journal", [site](const ApiRequest& request) { return read_journal(site->journal, request); }});
  routes.push_back({"POST", "/release", [site](const ApiRequest& request) { return release(site->gates, request); }});
  routes.push_back({"POST", "/reset", [site, &exits](const ApiRequest&) { return reset(*site, exits); }});
  return routes;
}

}  // namespace pinproof::mock_upstream
