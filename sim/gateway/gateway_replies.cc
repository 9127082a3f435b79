// What the gateway says to the client beside what the origin said: errors, and the dialect's headers.
#include <charconv>
#include <string>

#include "sim/gateway/gateway_model.h"

namespace pinproof::sim {
namespace {

std::int64_t whole_seconds_up(Duration duration) { return std::chrono::ceil<std::chrono::seconds>(duration).count(); }

std::optional<std::uint64_t> declared_length(const Headers& headers) {
  const auto text = headers.find("Content-Length");
  if (!text) return std::nullopt;
  std::uint64_t bytes = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), bytes);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return bytes;
}

void add_if_named(Headers& headers, const std::string& name, std::string_view value) {
  if (!name.empty()) headers.add(name, value);
}

}  // namespace

void Gateway::Model::add_common(Headers& headers) const {
  add_if_named(headers, rules_.headers.version, rules_.headers.version_value);
}

void Gateway::Model::refuse(RequestId id, const ErrorReply& error, Effects& effects, Duration retry_after) {
  Active& request = active(id);
  Reply reply;
  reply.request = id;
  reply.head.status = error.status;
  reply.close = error.close;
  reply.body = error.code + "\n";
  Headers& headers = reply.head.headers;
  if (error.status == 407 && rules_.authentication.challenged)
    headers.add("Proxy-Authenticate", "Basic realm=\"" + rules_.authentication.realm + "\"");
  add_if_named(headers, rules_.headers.error, error.code);
  add_common(headers);
  if (!request.session_key.empty() && rules_.session.id_told_on_errors)
    add_if_named(headers, rules_.headers.session, request.session_key);
  if (retry_after > Duration::zero())
    headers.add_number("Retry-After", static_cast<std::uint64_t>(whole_seconds_up(retry_after)));
  const Session* session = sessions_.get(request.session);
  const LossRules& loss = rules_.session.loss;
  if (session != nullptr && session->lost && loss.announced == Announcement::kInFlightFailure) {
    add_if_named(headers, rules_.headers.repinned, loss.announced_value);
  }
  announce_delay(request, headers);
  headers.add("Content-Type", "text/plain");
  headers.add_number("Content-Length", reply.body.size());
  effects.emplace_back(std::move(reply));
  end(id);
}

Headers Gateway::Model::said_of(const Exit& exit) const {
  const HeaderNames& names = rules_.headers;
  Headers said;
  add_if_named(said, names.exit_address,
               names.exit_address_has_port ? exit.address + ':' + std::to_string(exit.port) : exit.address);
  add_if_named(said, names.exit_geography, exit.region + '/' + exit.state + '/' + exit.city);
  add_if_named(said, names.exit_asn, std::to_string(exit.asn));
  return said;
}

Headers Gateway::Model::relay_headers(Active& request, const ResponseHead& head, Instant now) {
  const HeaderNames& names = rules_.headers;
  Headers added;
  added.reserve(384);  // what a dialect with every header takes
  const bool rotating = !request.in_session && rules_.rotation.announced;
  if (announce(request, now) || rotating) added.add(names.repinned, rules_.session.loss.announced_value);
  ExitId said = request.exit;
  if (const Session* session = sessions_.get(request.session); session != nullptr && names.exit_address_stale) {
    said = memory_.first_exit.at(session->serial);
  }
  Headers& of_exit = said_of_exit_[index_of(said)];
  if (of_exit.empty()) of_exit = said_of(exits_[index_of(said)]);
  added.add_all(of_exit);
  if (const auto length = names.bytes_in.empty() ? std::nullopt : declared_length(head.headers)) {
    added.add_number(names.bytes_in, bytes_told(request, *length));
  }
  if (!names.bytes_out.empty() && request.body_bytes) {
    added.add_number(names.bytes_out, bytes_told(request, *request.body_bytes));
  }
  if (!names.request_id.empty()) added.add(names.request_id, "req_" + std::to_string(++replies_));
  if (!request.session_key.empty()) add_if_named(added, names.session, request.session_key);
  announce_delay(request, added);
  add_common(added);
  return added;
}

// An answer came through the exit. Of the answers that follow a re-pin the first one says so (H-PIN-2, H-PIN-4).
bool Gateway::Model::announce(Active& request, Instant now) {
  Session* session = sessions_.get(request.session);
  if (session == nullptr || session->exit != request.exit) return false;
  const WindowRules& window = rules_.session.window;
  if (window.from_answer && (!session->confirmed || window.kind == WindowKind::kIdle)) {
    sessions_.restart(request.session, sessions_.window(request.session), now);
  }
  session->confirmed = true;
  const bool due = session->announcement_due;
  session->announcement_due = false;
  if (due) sessions_.keep(request.session);
  const LossRules& loss = rules_.session.loss;
  if (rules_.headers.repinned.empty() || (request.connect && !loss.announced_on_connect)) return false;
  switch (loss.announced) {
    case Announcement::kFirstSuccess:
      return due;
    case Announcement::kEachWaiting:
      return due || request.announces;
    case Announcement::kEveryResponse:
      return true;
    case Announcement::kUntilWindowEnds:
      return session->repinned;
    case Announcement::kInFlightFailure:
      return false;
    case Announcement::kSilent:
      return false;
  }
  return due;
}

std::uint64_t Gateway::Model::bytes_told(const Active& request, std::uint64_t bytes) const {
  return request.in_session ? bytes * rules_.forwarding.session_bytes_percent / 100 : bytes;
}

// From the soft limit on, every response tells the delay (C-PAC-5); below it none does (C-PAC-6).
void Gateway::Model::announce_delay(const Active& request, Headers& headers) {
  const PacingRules& pacing = rules_.pacing;
  if (!pacer_.active() || rules_.headers.next_request_in.empty()) return;
  if (request.delay < pacing.soft_limit) {
    if (pacing.announced_once) memory_.delay_told.erase(request.exit);
    return;
  }
  if (pacing.announced_once && !memory_.delay_told.insert(request.exit).second) return;
  Duration told = pacing.announced == AnnouncedDelay::kOwn ? request.delay : request.next_delay;
  // Who is refused at the ceiling is told the ceiling: nobody is delayed for longer (C-PAC-3).
  const bool refused = pacing.over_ceiling == OverCeiling::kRefuse && request.delay > pacing.ceiling;
  if (refused) told = pacing.ceiling;
  const std::int64_t number = pacing.announced_unit == AnnouncedUnit::kSeconds
                                  ? whole_seconds_up(told)
                                  : std::chrono::ceil<std::chrono::milliseconds>(told).count();
  headers.add_number(rules_.headers.next_request_in, static_cast<std::uint64_t>(number));
}

}  // namespace pinproof::sim
