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

std::string connect_authority(const Stimulus& stimulus) {
  return stimulus.token + "." + stimulus.host + (stimulus.encrypted ? ":443" : ":80");
}

std::string without_token(std::string_view host, std::string_view token) {
  if (!token.empty() && host.size() > token.size() && host.starts_with(token) && host[token.size()] == '.') {
    host.remove_prefix(token.size() + 1);
  }
  return std::string(host);
}

RequestFlight::RequestFlight(const Stimulus& stimulus, const Credentials& credentials, const Vocabulary& vocabulary,
                             bool tunnel_open, std::string connection, bool connection_reused, Instant now)
    : stimulus_(stimulus),
      credentials_(credentials),
      vocabulary_(vocabulary),
      stage_(stimulus.via == Via::kConnect && !tunnel_open ? Stage::kConnecting : Stage::kAnswering) {
  seen_.id = stimulus.id;
  seen_.actor = stimulus.actor;
  seen_.account = stimulus.account;
  seen_.credentials = stimulus.credentials;
  seen_.connection = std::move(connection);
  seen_.connection_reused = connection_reused;
  seen_.via = stimulus.via;
  seen_.inside_tunnel = tunnel_open;
  seen_.shape = stimulus.shape;
  seen_.user_name = stimulus.user_name;
  if (!vocabulary.session.empty()) seen_.session = stimulus.headers.find(vocabulary.session).value_or("");
  seen_.method = stimulus.method;
  seen_.host = stimulus.host;
  seen_.path = stimulus.path;
  seen_.token = stimulus.token;
  seen_.sent = stimulus.headers;
  seen_.sent_bytes = stimulus.body_bytes;
  if (stimulus.body_bytes > 0) seen_.sent_digest = sim::digest_of(body());
  seen_.sent_at = now;
  seen_.answered_at = now;
  seen_.ended_at = now;
}

std::string RequestFlight::body() const { return std::string(stimulus_.body_bytes, 'x'); }

sim::Headers RequestFlight::fields(bool with_credentials, bool end_to_end) const {
  sim::Headers headers;
  if (with_credentials) {
    const auto field = credentials_.proxy_field(stimulus_.account, stimulus_.user_name, stimulus_.credentials);
    if (field) headers.add("Proxy-Authorization", *field);
  }
  if (!end_to_end) return headers;
  for (const auto [name, value] : stimulus_.headers) headers.add(name, value);
  if (stimulus_.body_bytes > 0 && !headers.has("Content-Length") && !headers.has("Transfer-Encoding")) {
    headers.add_number("Content-Length", stimulus_.body_bytes);
  }
  return headers;
}

WireRequest RequestFlight::first() const {
  if (seen_.inside_tunnel) return inner();
  WireRequest request;
  if (connecting()) {
    const std::string authority = connect_authority(stimulus_);
    request.head.method = "CONNECT";
    request.head.target = authority;
    request.head.headers.add("Host", authority);
    for (const auto [name, value] : fields(true, false)) request.head.headers.add(name, value);
    return request;
  }
  request.head.method = stimulus_.method;
  request.head.target = "http://" + stimulus_.host + stimulus_.path;
  request.head.headers.add("Host", stimulus_.host);
  for (const auto [name, value] : fields(true, true)) request.head.headers.add(name, value);
  request.body = body();
  request.shape = stimulus_.shape;
  return request;
}

WireRequest RequestFlight::inner() const {
  WireRequest request;
  request.inside_tunnel = true;
  request.head.method = stimulus_.method;
  request.head.target = stimulus_.path;
  request.head.headers.add("Host", stimulus_.host);
  for (const auto [name, value] : fields(false, true)) request.head.headers.add(name, value);
  request.body = body();
  return request;
}

void RequestFlight::head(const sim::ResponseHead& head, Instant now) {
  const sim::Headers headers = credentials_.redacted(head.headers);
  if (connecting()) seen_.connect = ConnectReply{head.status, headers};
  seen_.status = head.status;
  seen_.headers = headers;
  seen_.body_declared = declared_length(head.headers);
  seen_.answered_at = now;
  seen_.ended_at = now;
  if (vocabulary_.exit_address.empty()) return;
  if (const auto address = head.headers.find(vocabulary_.exit_address)) seen_.exit_by_header = address_of(*address);
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
  seen_.exit_by_origin = std::move(exit_by_origin);
  return std::move(seen_);
}

}  // namespace pinproof::conformance
