#include "mock_upstream/contract/api_server.h"

#include <fmt/format.h>

#include <utility>

#include "mock_upstream/wire/fault_answer.h"
#include "mock_upstream/wire/write.h"
#include "sim/core/check.h"
#include "sim/core/json_reader.h"
#include "sim/http/basic_credentials.h"

namespace pinproof::mock_upstream {
namespace {

// Takes as long for a wrong token as for the right one.
bool same_secret(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    difference |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]);
  }
  return difference == 0;
}

bool matches(const ApiRoute& route, std::string_view path) {
  if (route.path.ends_with('/')) return path.size() > route.path.size() && path.starts_with(route.path);
  return path == route.path;
}

}  // namespace

struct ApiServer::Inside {
  std::shared_ptr<Site> site;
  ApiServerOptions options;
  std::vector<ApiRoute> routes;
  std::uint64_t connections = 0;

  bool may(const sim::RequestHead& head) const {
    const auto field = head.headers.find("Authorization");
    const auto token = field ? sim::parse_bearer(*field) : std::nullopt;
    return token && same_secret(*token, options.token);
  }

  /// `allow` becomes what the path allows, where the method is not that.
  ApiAnswer answer(ApiRequest& request, std::string& allow) const {
    for (const ApiRoute& route : routes) {
      if (!matches(route, request.path)) continue;
      if (route.method == request.method) {
        if (route.path.ends_with('/')) request.rest = request.path.substr(route.path.size());
        return route.handle(request);
      }
      allow.append(allow.empty() ? "" : ", ").append(route.method);
    }
    if (allow.empty()) return api_error(404, fmt::format("there is no {}", request.path));
    return api_error(405, fmt::format("{} takes {}, not {}", request.path, allow, request.method));
  }

  static Task<> serve(std::shared_ptr<Inside> self, Socket socket) {
    const Counted counted(self->connections);
    auto connection = std::make_shared<Connection>(std::move(socket), self->site->idle);
    RequestStream messages(connection, self->options.wire);
    while (true) {
      const ReadState state = co_await messages.read_head();
      if (state == ReadState::kFailed && messages.fault() != WireFault::kNone) {
        const std::string refusal = answer_to_fault(messages.fault());
        co_await messages.write(refusal);
        co_await messages.close_gently();
      }
      if (state != ReadState::kOk) break;
      const bool kept = co_await self->answer_one(messages);
      if (!kept) break;
    }
    connection->close();
  }

  Task<bool> answer_one(RequestStream& messages) {
    const bool keep_alive = messages.facts().keep_alive;
    const sim::RequestHead head = messages.take_head();
    ApiRequest request;
    request.method = head.method;
    request.path = head.target.substr(0, head.target.find('?'));
    if (request.path.size() < head.target.size()) request.query = head.target.substr(request.path.size() + 1);
    bool too_large = false;
    while (!too_large) {
      const BodyPiece piece = co_await messages.read_body();
      if (piece.state != ReadState::kOk) co_return false;
      if (piece.bytes.empty()) break;
      too_large = piece.bytes.size() > options.body_bytes_max - request.body.size();
      if (!too_large) request.body += piece.bytes;
    }
    ApiAnswer given;
    sim::ResponseHead answer_head;
    std::string allow;
    if (!may(head)) {
      given = api_error(401, "the token is missing or wrong: Authorization: Bearer TOKEN");
      answer_head.headers.add("WWW-Authenticate", "Bearer");
    } else if (too_large) {
      given = api_error(413, fmt::format("a body has {} bytes at most", options.body_bytes_max));
    } else {
      given = answer(request, allow);
    }
    if (!allow.empty()) answer_head.headers.add("Allow", allow);
    given.json += '\n';
    answer_head.status = given.status;
    answer_head.headers.add("Content-Type", "application/json");
    answer_head.headers.add_number("Content-Length", given.json.size());
    const bool kept = keep_alive && !too_large;
    if (!kept) answer_head.headers.add("Connection", "close");
    std::string out;
    append_head(out, answer_head);
    if (request.method != "HEAD") out += given.json;
    const bool sent = co_await messages.write(out);
    if (sent && !kept) co_await messages.close_gently();
    co_return sent&& kept;
  }
};

ApiAnswer api_error(int status, std::string_view what) {
  ApiAnswer answer;
  answer.status = status;
  answer.json = fmt::format("{{\"error\":{}}}", sim::json_text(what));
  return answer;
}

ApiServer::ApiServer(std::shared_ptr<Site> site, ApiServerOptions options, std::vector<ApiRoute> routes)
    : inside_(std::make_shared<Inside>(Inside{std::move(site), std::move(options), std::move(routes), 0})),
      listener_(
          inside_->site->executor(), [this](Socket socket) { serve(std::move(socket)); },
          [tasks = inside_->site->tasks](std::string_view what) { tasks->report(what); }) {
  PINPROOF_CHECK(!inside_->options.token.empty(), "an API without a token is open to everybody on the machine");
}

std::optional<std::string> ApiServer::start() {
  const Endpoint& at = inside_->options.at;
  const Error error = listener_.open(at);
  if (!error) return std::nullopt;
  return fmt::format("the API cannot listen at {}:{}: {}", at.address().to_string(), at.port(), error.message());
}

void ApiServer::serve(Socket socket) {
  if (inside_->connections >= inside_->options.connections_max) {
    Connection(std::move(socket), inside_->site->idle).reset();
    return;
  }
  inside_->site->tasks->start("an API connection", Inside::serve(inside_, std::move(socket)));
}

}  // namespace pinproof::mock_upstream
