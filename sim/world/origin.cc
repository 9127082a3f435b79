#include "sim/world/origin.h"

#include <charconv>

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

std::string patterned_body(std::uint64_t size) {
  constexpr std::string_view kPattern = "abcdefghijklmnopqrstuvwxyz";
  std::string body;
  body.reserve(size);
  while (body.size() + kPattern.size() <= size) body += kPattern;
  body += kPattern.substr(0, size - body.size());
  return body;
}

OriginAnswer refusal(std::string_view option) {
  OriginAnswer answer;
  answer.head.status = 400;
  answer.body = "the origin cannot read the option ";
  answer.body.append(option).append("\n");
  answer.head.headers.add_number("Content-Length", answer.body.size());
  return answer;
}

std::string_view path_of_target(std::string_view target) {
  if (target.starts_with('/')) return target;
  const auto parsed = parse_absolute_form(target);
  return parsed ? parsed->path : std::string_view{};
}

}  // namespace

OriginAnswer answer_of_origin(const RequestHead& head, std::string_view body) {
  const std::string_view path = path_of_target(head.target);
  const Options options = read_options(path);
  if (!options.unreadable.empty()) return refusal(options.unreadable);

  OriginAnswer answer;
  answer.head.status = options.status;
  const bool bodiless = options.status == 204 || options.status == 304;
  if (!bodiless) answer.body = options.size ? patterned_body(*options.size) : token_of_target(path) + '\n';
  if (options.gate && *options.gate >= answer.body.size()) return refusal("gate");
  answer.head.headers.add("Content-Type", "text/plain");
  if (!bodiless) answer.head.headers.add_number("Content-Length", answer.body.size());
  answer.head.headers.add_number("Origin-Read-Bytes", body.size());
  if (options.cookie) answer.head.headers.add("Set-Cookie", "c=" + std::string(*options.cookie) + "; Path=/");
  if (head.method == "HEAD") {
    answer.body.clear();
  } else {
    answer.gate_at = options.gate;
  }
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
