#include "mock_upstream/contract/clock_contract.h"

#include <fmt/format.h>

#include <limits>
#include <variant>

#include "sim/core/json_reader.h"

namespace pinproof::mock_upstream {
namespace {

std::int64_t nanoseconds(Instant instant) { return instant.time_since_epoch().count(); }

ApiAnswer state_of(const Clock& clock, const Activity& activity) {
  const Instant next = clock.next_deadline();
  ApiAnswer answer;
  answer.json = fmt::format(R"({{"version":{},"now_ns":{},"next_deadline_ns":{},"received":{},"active":{},"held":{}}})",
                            kContractVersion, nanoseconds(clock.now()),
                            next == sim::kNever ? "null" : fmt::to_string(nanoseconds(next)), activity.received,
                            activity.active, activity.held);
  return answer;
}

ApiAnswer advance(Clock& clock, const Activity& activity, const std::string& body) {
  if (!clock.is_controlled()) return api_error(409, "this clock moves by itself");
  const auto to = sim::parse_json("body", body, [&](const sim::JsonReader& json) {
    json.object({"to_ns"});
    const sim::JsonReader to_ns = json.at("to_ns");
    // The last instant is kept for "never".
    return Instant(Duration(to_ns.integer(nanoseconds(clock.now()), std::numeric_limits<std::int64_t>::max() - 1)));
  });
  if (const auto* error = std::get_if<sim::InputError>(&to)) return api_error(400, error->message());
  clock.advance_to(std::get<Instant>(to));
  return state_of(clock, activity);
}

}  // namespace

std::vector<ApiRoute> clock_routes(Clock& clock, const Activity& activity) {
  std::vector<ApiRoute> routes;
  routes.push_back({"GET", "/clock", [&](const ApiRequest&) { return state_of(clock, activity); }});
  routes.push_back(
      {"POST", "/clock/advance", [&](const ApiRequest& request) { return advance(clock, activity, request.body); }});
  return routes;
}

}  // namespace pinproof::mock_upstream
