#include "mock_upstream/contract/journal_text.h"

#include <fmt/format.h>

#include <iterator>
#include <variant>

#include "sim/core/json_reader.h"

namespace pinproof::mock_upstream {
namespace {

using sim::json_text;

void append(std::string& out, const ExitSaw& saw) {
  fmt::format_to(std::back_inserter(out), R"("seen_by":"exit","exit":{},"event":"{}","method":{},"host":{},"token":{})",
                 json_text(saw.exit), to_string(saw.sight), json_text(saw.method), json_text(saw.host),
                 json_text(saw.token));
}

void append(std::string& out, const OriginSaw& saw) {
  fmt::format_to(std::back_inserter(out),
                 R"("seen_by":"origin","from":{},"method":{},"path":{},"token":{},"headers":[)", json_text(saw.from),
                 json_text(saw.method), json_text(saw.path), json_text(saw.token));
  bool first = true;
  for (const auto field : saw.headers) {
    fmt::format_to(std::back_inserter(out), "{}[{},{}]", first ? "" : ",", json_text(field.name),
                   json_text(field.value));
    first = false;
  }
  fmt::format_to(std::back_inserter(out), R"(],"body_bytes":{})", saw.body_bytes);
  if (saw.body_bytes > 0) fmt::format_to(std::back_inserter(out), R"(,"body_digest":"{:016x}")", saw.body_digest);
  if (!saw.tls_fingerprint.empty()) {
    fmt::format_to(std::back_inserter(out), R"(,"tls_fingerprint":{})", json_text(saw.tls_fingerprint));
  }
}

}  // namespace

void append_entry(std::string& out, const JournalEntry& entry) {
  fmt::format_to(std::back_inserter(out), R"({{"sequence":{},"at_ns":{},)", entry.sequence,
                 entry.at.time_since_epoch().count());
  std::visit([&out](const auto& saw) { append(out, saw); }, entry.saw);
  out += '}';
}

}  // namespace pinproof::mock_upstream
