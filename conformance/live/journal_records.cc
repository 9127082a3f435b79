#include "conformance/live/journal_records.h"

#include "conformance/target/request_flight.h"

namespace pinproof::conformance {
namespace {

UpstreamEvent event_of(mock_upstream::ExitSight sight) {
  switch (sight) {
    case mock_upstream::ExitSight::kRefused:
      return UpstreamEvent::kRefused;
    case mock_upstream::ExitSight::kForwarded:
      return UpstreamEvent::kForwarded;
    case mock_upstream::ExitSight::kAnswered:
      return UpstreamEvent::kAnswered;
    case mock_upstream::ExitSight::kFailed:
      return UpstreamEvent::kFailed;
    case mock_upstream::ExitSight::kReset:
      return UpstreamEvent::kReset;
    case mock_upstream::ExitSight::kClosed:
      return UpstreamEvent::kClosed;
  }
  return UpstreamEvent::kClosed;
}

struct ToRecord {
  const Credentials& credentials;
  Instant at;

  Record operator()(const mock_upstream::ExitSaw& saw) const {
    return UpstreamSaw{saw.exit, event_of(saw.sight), saw.method, without_token(saw.host, saw.token), saw.token, at};
  }
  Record operator()(const mock_upstream::OriginSaw& saw) const {
    return OriginSaw{saw.from,
                     saw.method,
                     credentials.redacted(saw.path),
                     saw.token,
                     credentials.redacted(saw.headers),
                     saw.body_bytes,
                     saw.body_bytes > 0 ? saw.body_digest : 0,
                     at};
  }
};

}  // namespace

Record record_of(const mock_upstream::JournalEntry& entry, const Credentials& credentials, Instant at) {
  return std::visit(ToRecord{credentials, at}, entry.saw);
}

}  // namespace pinproof::conformance
