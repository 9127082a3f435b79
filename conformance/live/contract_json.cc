#include "conformance/live/contract_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <utility>

namespace pinproof::conformance {
namespace {

using mock_upstream::ExitSaw;
using mock_upstream::ExitSight;
using mock_upstream::JournalEntry;
using mock_upstream::OriginSaw;
using sim::JsonReader;

constexpr std::size_t kExitsMax = 1'000'000;
constexpr std::size_t kFieldBytesMax = 64UL << 10U;

std::uint64_t count_at(const JsonReader& json, std::string_view key) {
  return static_cast<std::uint64_t>(json.at(key).integer(0));
}

sim::Instant instant_at(const JsonReader& json, std::string_view key) {
  return sim::Instant(sim::Duration(json.at(key).integer(0)));
}

std::string text_at(const JsonReader& json, std::string_view key) {
  const auto value = json.optional(key);
  return value ? value->string() : std::string();
}

// It becomes a part of URLs, and is compared with what clients and origins say.
std::string address_at(const JsonReader& json, std::string_view key) {
  const JsonReader value = json.at(key);
  std::string address = value.non_empty_string(45);
  const auto is_part = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '.' || c == ':';
  };
  if (!std::all_of(address.begin(), address.end(), is_part)) value.refuse("an IP address");
  return address;
}

std::uint64_t digest_of(const JsonReader& json) {
  const std::string text = json.string();
  std::uint64_t digest = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digest, 16);
  if (error != std::errc{} || end != text.data() + text.size()) json.refuse("a digest of 64 bits in hexadecimal");
  return digest;
}

std::string field_text(const JsonReader& json) {
  std::string text = json.string();
  if (text.size() >= kFieldBytesMax) json.refuse("a text of so many bytes", "a field of at most 64 KiB");
  return text;
}

ExitSaw read_exit_saw(const JsonReader& json) {
  ExitSaw saw;
  saw.exit = address_at(json, "exit");
  saw.sight = json.at("event").one_of<ExitSight>({{"refused", ExitSight::kRefused},
                                                  {"forwarded", ExitSight::kForwarded},
                                                  {"answered", ExitSight::kAnswered},
                                                  {"failed", ExitSight::kFailed},
                                                  {"reset", ExitSight::kReset},
                                                  {"closed", ExitSight::kClosed}});
  saw.method = text_at(json, "method");
  saw.host = text_at(json, "host");
  saw.token = text_at(json, "token");
  return saw;
}

OriginSaw read_origin_saw(const JsonReader& json) {
  OriginSaw saw;
  saw.from = address_at(json, "from");
  saw.method = json.at("method").string();
  saw.path = json.at("path").string();
  saw.token = text_at(json, "token");
  for (const JsonReader& field : json.at("headers").array()) {
    const std::vector<JsonReader> parts = field.array(2, 2);
    saw.headers.add(field_text(parts[0]), field_text(parts[1]));
  }
  saw.body_bytes = count_at(json, "body_bytes");
  if (const auto digest = json.optional("body_digest")) saw.body_digest = digest_of(*digest);
  saw.tls_fingerprint = text_at(json, "tls_fingerprint");
  return saw;
}

}  // namespace

ClockState read_clock(const JsonReader& json) {
  const JsonReader version = json.at("version");
  if (version.integer() != kContractVersion) version.refuse(fmt::format("version {}", kContractVersion));
  ClockState state;
  state.now = instant_at(json, "now_ns");
  if (json.at("next_deadline_ns").kind() != sim::JsonKind::kNull) {
    state.next_deadline = instant_at(json, "next_deadline_ns");
  }
  const bool counts = json.optional("received") || json.optional("active") || json.optional("held");
  if (!counts) return state;
  ClockCounts counted;
  counted.received = count_at(json, "received");
  counted.active = count_at(json, "active");
  counted.held = count_at(json, "held");
  state.counts = counted;
  return state;
}

std::vector<sim::Exit> read_exits(const JsonReader& json) {
  std::vector<sim::Exit> exits;
  for (const JsonReader& element : json.array(0, kExitsMax)) {
    sim::Exit exit;
    exit.address = address_at(element, "ip");
    exit.port = static_cast<std::uint16_t>(element.at("port").integer(1, std::numeric_limits<std::uint16_t>::max()));
    exit.type = element.at("type").one_of<sim::ExitType>(
        {{"res", sim::ExitType::kResidential}, {"mob", sim::ExitType::kMobile}});
    exit.region = text_at(element, "region");
    exit.state = text_at(element, "state");
    exit.city = text_at(element, "city");
    if (const auto asn = element.optional("asn")) {
      exit.asn = static_cast<std::uint32_t>(asn->integer(0, std::numeric_limits<std::uint32_t>::max()));
    }
    exits.push_back(std::move(exit));
  }
  return exits;
}

std::uint64_t read_journal_page(const JsonReader& json, std::uint64_t since, std::vector<JournalEntry>& entries) {
  const JsonReader next = json.at("next");
  std::uint64_t expected = since;
  for (const JsonReader& element : json.at("events").array()) {
    JournalEntry entry;
    const JsonReader sequence = element.at("sequence");
    entry.sequence = static_cast<std::uint64_t>(sequence.integer(0));
    if (entry.sequence < expected) sequence.refuse(fmt::format("a number from {} on, in order", expected));
    if (entries.size() == kJournalEntriesMax) element.refuse("an event", fmt::format("at most {}", kJournalEntriesMax));
    expected = entry.sequence + 1;
    entry.at = instant_at(element, "at_ns");
    if (element.at("seen_by").one_of({"exit", "origin"}) == "exit") {
      entry.saw = read_exit_saw(element);
    } else {
      entry.saw = read_origin_saw(element);
    }
    entries.push_back(std::move(entry));
  }
  const auto after = static_cast<std::uint64_t>(next.integer(0));
  if (after < expected) next.refuse(fmt::format("{} or more, since that many came", expected));
  return after;
}

}  // namespace pinproof::conformance
