#include "sim/world/exit_words.h"

#include <fmt/format.h>

#include "sim/http/target.h"

namespace pinproof::sim {

ExitAnswer failure_of_exit(std::string_view address) {
  ExitAnswer answer;
  answer.body = "the exit cannot serve this request\n";
  answer.head.status = 502;
  // An address is no token there, so it stands as a string.
  answer.head.headers.add("Proxy-Status", fmt::format("\"{}\"; error=proxy_internal_error", address));
  answer.head.headers.add("Content-Type", "text/plain");
  answer.head.headers.add_number("Content-Length", answer.body.size());
  return answer;
}

RequestHead to_origin_form(RequestHead head) {
  const auto target = parse_absolute_form(head.target);
  if (!target) return head;
  if (!head.headers.has("Host")) {
    const bool default_port = target->port == (target->encrypted ? 443 : 80);
    head.headers.add("Host",
                     default_port ? std::string(target->host) : fmt::format("{}:{}", target->host, target->port));
  }
  head.target = std::string(target->path);
  return head;
}

}  // namespace pinproof::sim
