#include "sim/world/origin.h"

#include <charconv>
#include <utility>

#include "sim/core/check.h"
#include "sim/http/target.h"

namespace pinproof::sim {
namespace {

constexpr int kStatusMin = 200;
constexpr int kStatusMax = 599;

struct Options {
  std::optional<std::uint64_t> size;
  std::optional<std::uint64_t> gate;
  int status = 200;
  std::optional<std::string_view> cookie;
  std::string_view unreadable;  // the name of the first option that is no good
};

// Reads "key=N" where it stands, into a number within the range; false when it is there and no good.
template <typename Number>
bool read_number(std::string_view path, std::string_view key, Number min, Number max, std::optional<Number>& into) {
  const auto text = query_value(path, key);
  if (!text) return true;
  Number number{};
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc{} || end != text->data() + text->size() || number < min || number > max) return false;
  into = number;
  return true;
}

Options read_options(std::string_view path) {
  Options options;
  std::optional<int> status;
  if (!read_number<std::uint64_t>(path, "size", 0, kOriginBodyMax, options.size)) options.unreadable = "size";
  if (!read_number<std::uint64_t>(path, "gate", 0, kOriginBodyMax, options.gate)) options.unreadable = "gate";
  if (!read_number(path, "status", kStatusMin, kStatusMax, status)) options.unreadable = "status";
  options.status = status.value_or(200);
  options.cookie = query_value(path, "cookie");
  return options;
}

OriginPlan refusal(std::string_view option) {
  OriginPlan plan;
  plan.body.text = "the origin cannot read the option ";
  plan.body.text.append(option).append("\n");
  plan.body.size = plan.body.text.size();
  plan.head.status = 400;
  plan.head.headers.add_number("Content-Length", plan.body.size);
  return plan;
}

std::string_view path_of_target(std::string_view target) {
  if (target.starts_with('/')) return target;
  const auto parsed = parse_absolute_form(target);
  return parsed ? parsed->path : std::string_view{};
}

}  // namespace

void OriginBody::append_to(std::string& out, std::uint64_t offset, std::uint64_t count) const {
  PINPROOF_CHECK(offset <= size && count <= size - offset, "{} bytes from {} on, of {}", count, offset, size);
  if (!text.empty()) {
    out.append(text, offset, count);
    return;
  }
  constexpr std::string_view kPattern = "abcdefghijklmnopqrstuvwxyz";
  while (count > 0) {
    const std::string_view piece = kPattern.substr(offset % kPattern.size(), count);
    out += piece;
    offset += piece.size();
    count -= piece.size();
  }
}

OriginPlan plan_of_origin(const RequestHead& head, std::uint64_t body_bytes) {
  const std::string_view path = path_of_target(head.target);
  const Options options = read_options(path);
  if (!options.unreadable.empty()) return refusal(options.unreadable);

  OriginPlan plan;
  plan.head.status = options.status;
  const bool bodiless = options.status == 204 || options.status == 304;
  if (!bodiless) {
    if (!options.size) plan.body.text = token_of_target(path) + '\n';
    plan.body.size = options.size.value_or(plan.body.text.size());
  }
  if (options.gate && *options.gate >= plan.body.size) return refusal("gate");
  plan.head.headers.add("Content-Type", "text/plain");
  if (!bodiless) plan.head.headers.add_number("Content-Length", plan.body.size);
  plan.head.headers.add_number("Origin-Read-Bytes", body_bytes);
  if (options.cookie) plan.head.headers.add("Set-Cookie", "c=" + std::string(*options.cookie) + "; Path=/");
  if (head.method == "HEAD") {
    plan.body = {};
  } else {
    plan.gate_at = options.gate;
  }
  return plan;
}

OriginAnswer answer_of_origin(const RequestHead& head, std::string_view body) {
  OriginPlan plan = plan_of_origin(head, body.size());
  OriginAnswer answer;
  answer.head = std::move(plan.head);
  answer.gate_at = plan.gate_at;
  answer.body.reserve(plan.body.size);
  plan.body.append_to(answer.body, 0, plan.body.size);
  return answer;
}

std::string token_of_target(std::string_view target) {
  constexpr std::string_view kPrefix = "/t/";
  const std::string_view path = path_of_target(target);
  if (!path.starts_with(kPrefix)) return {};
  const std::string_view rest = path.substr(kPrefix.size());
  return std::string(rest.substr(0, rest.find_first_of("/?")));
}

std::string token_of_connect_host(std::string_view host) {
  if (!host.starts_with("t-")) return {};
  return std::string(host.substr(0, host.find_first_of(".:")));
}

}  // namespace pinproof::sim
