#include "conformance/target/request_flight.h"

#include <charconv>
#include <utility>

#include "sim/core/digest.h"

namespace pinproof::conformance {
namespace {

std::optional<std::uint64_t> declared_length(const sim::Headers& headers) {
  const auto text = headers.find("Content-Length");
  if (!text) return std::nullopt;
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return length;
}

/// The address of a field that may carry a port.
std::string address_of(std::string_view value) { return std::string(value.substr(0, value.find(':'))); }

}  // namespace

std::string without_token(std::string host, std::string_view token) {
  if (!token.empty() && host.size() > token.size() && host.starts_with(token) && host[token.size()] == '.') {
    host.erase(0, token.size() + 1);
  }
  return host;
}

RequestFlight::RequestFlight(Stimulus stimulus, const Credentials& credentials, const Vocabulary& vocabulary,
                             bool tunnel_open, std::string connection, bool connection_reused, Instant now)
    : credentials_(credentials),
      vocabulary_(vocabulary),
      stage_(stimulus.via == Via::kConnect && !tunnel_open ? Stage::kConnecting : Stage::kAnswering),
      encrypted_(stimulus.encrypted) {
  seen_.id = stimulus.id;
  seen_.actor = std::move(stimulus.actor);
  seen_.account = std::move(stimulus.account);
  seen_.credentials = stimulus.credentials;
  seen_.connection = std::move(connection);
  seen_.connection_reused = connection_reused;
  seen_.via = stimulus.via;
  seen_.inside_tunnel = tunnel_open;
  seen_.shape = stimulus.shape;
  seen_.user_name = std::move(stimulus.user_name);
  if (!vocabulary.session.empty()) seen_.session = stimulus.headers.find(vocabulary.session).value_or("");
  seen_.method = std::move(stimulus.method);
  seen_.host = std::move(stimulus.host);
  seen_.path = std::move(stimulus.path);
  seen_.token = std::move(stimulus.token);
  seen_.sent = std::move(stimulus.headers);
  seen_.sent_bytes = stimulus.body_bytes;
  if (seen_.sent_bytes > 0) seen_.sent_digest = sim::digest_of(body());
  seen_.sent_at = now;
  seen_.answered_at = now;
  seen_.ended_at = now;
}

std::string RequestFlight::body() const { return std::string(seen_.sent_bytes, 'x'); }

std::string RequestFlight::connect_authority() const {
  return seen_.token + "." + seen_.host + (encrypted_ ? ":443" : ":80");
}

void RequestFlight::add_credentials(sim::Headers& headers) const {
  const auto field = credentials_.proxy_field(seen_.account, seen_.user_name, seen_.credentials);
  if (field) headers.add("Proxy-Authorization", *field);
}

void RequestFlight::add_end_to_end(sim::Headers& headers) const {
  headers.add_all(seen_.sent);
  if (seen_.sent_bytes > 0 && !seen_.sent.has("Content-Length") && !seen_.sent.has("Transfer-Encoding")) {
    headers.add_number("Content-Length", seen_.sent_bytes);
  }
}

WireRequest RequestFlight::first() const {
  if (seen_.inside_tunnel) return inner();
  WireRequest request;
  if (connecting()) {
    const std::string authority = connect_authority();
    request.head.method = "CONNECT";
    request.head.target = authority;
    request.head.headers.add("Host", authority);
    add_credentials(request.head.headers);
    return request;
  }
  request.head.method = seen_.method;
  request.head.target = "http://" + seen_.host + seen_.path;
  request.head.headers.add("Host", seen_.host);
  add_credentials(request.head.headers);
  add_end_to_end(request.head.headers);
  request.body = body();
  request.shape = seen_.shape;
  return request;
}

WireRequest RequestFlight::inner() const {
  WireRequest request;
  request.inside_tunnel = true;
  request.head.method = seen_.method;
  request.head.target = seen_.path;
  request.head.headers.add("Host", seen_.host);
  add_end_to_end(request.head.headers);
  request.body = body();
  return request;
}

void RequestFlight::head(sim::ResponseHead head, Instant now) {
  seen_.body_declared = declared_length(head.headers);
  if (const auto address =
          vocabulary_.exit_address.empty() ? std::nullopt : head.headers.find(vocabulary_.exit_address)) {
    seen_.exit_by_header = address_of(*address);
  }
  seen_.status = head.status;
  seen_.headers = credentials_.redacted(std::move(head.headers));
  if (connecting()) seen_.connect = ConnectReply{head.status, seen_.headers};
  seen_.answered_at = now;
  seen_.ended_at = now;
}

bool RequestFlight::end(const WireEnd& end, Instant now) {
  if (connecting() && end.end == AnswerEnd::kComplete && seen_.status / 100 == 2) {
    // The tunnel is open; the answer is still to come.
    stage_ = Stage::kAnswering;
    seen_.status = 0;
    seen_.headers.clear();
    seen_.body_declared.reset();
    return true;
  }
  seen_.end = end.end;
  seen_.why = end.why;
  seen_.body_bytes = end.bytes;
  seen_.body_digest = end.bytes > 0 ? end.digest : 0;
  if (seen_.status == 0) seen_.answered_at = now;
  seen_.ended_at = now;
  return false;
}

Observation RequestFlight::finish(std::string exit_by_origin) {
  seen_.exit_by_origin = credentials_.redacted(std::move(exit_by_origin));
  seen_.exit_by_header = credentials_.redacted(std::move(seen_.exit_by_header));
  // What a scenario's author put there himself.
  seen_.path = credentials_.redacted(std::move(seen_.path));
  seen_.sent = credentials_.redacted(std::move(seen_.sent));
  return std::move(seen_);
}

}  // namespace pinproof::conformance
