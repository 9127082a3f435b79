#include "conformance/history/record_reader.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "conformance/history/words.h"
#include "conformance/scenario/expectation_reader.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

using sim::JsonReader;

std::string text_at(const JsonReader& json, std::string_view key) {
  const auto value = json.optional(key);
  return value ? value->string() : std::string();
}

bool flag_at(const JsonReader& json, std::string_view key) {
  const auto value = json.optional(key);
  return value && value->boolean();
}

std::uint64_t count_at(const JsonReader& json, std::string_view key) {
  const auto value = json.optional(key);
  return value ? static_cast<std::uint64_t>(value->integer(0)) : 0;
}

int status_at(const JsonReader& json) {
  const auto value = json.optional("status");
  return value ? static_cast<int>(value->integer(100, 999)) : 0;
}

std::uint64_t digest_at(const JsonReader& json, std::string_view key) {
  const auto value = json.optional(key);
  if (!value) return 0;
  const std::string text = value->string();
  std::uint64_t digest = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digest, 16);
  if (error != std::errc{} || end != text.data() + text.size()) value->refuse("16 hexadecimal digits");
  return digest;
}

Instant instant_at(const JsonReader& json, std::string_view key) { return Instant(Duration(json.at(key).integer(0))); }

/// An instant of one record that cannot be before another of it.
Instant instant_after(const JsonReader& json, std::string_view key, Instant earlier, std::string_view earlier_key) {
  const Instant instant = instant_at(json, key);
  if (instant < earlier) {
    json.at(key).refuse("no earlier than \"" + std::string(earlier_key) + "\": time runs backwards");
  }
  return instant;
}

sim::Headers headers_at(const JsonReader& json, std::string_view key) {
  constexpr std::size_t kFieldLengthMax = 0xffff;  // of sim::Headers
  sim::Headers headers;
  const auto list = json.optional(key);
  if (!list) return headers;
  for (const JsonReader& element : list->array()) {
    const std::string field = element.string();
    const std::size_t colon = field.find(": ");
    if (colon == 0 || colon == std::string::npos || field.size() > kFieldLengthMax) element.refuse("\"Name: value\"");
    headers.add(std::string_view(field).substr(0, colon), std::string_view(field).substr(colon + 2));
  }
  return headers;
}

template <class Stimulated>
void read_sender(const JsonReader& json, Stimulated& record) {
  record.id = static_cast<std::uint64_t>(json.at("id").integer(1));
  record.label = text_at(json, "label");
  record.step = text_at(json, "step");
  record.actor = text_at(json, "actor");
  record.account = text_at(json, "account");
  if (const auto fault = json.optional("credentials")) record.credentials = read_word(*fault, kCredentialWords);
}

Record read_observation(const JsonReader& json) {
  json.object({"record",
               "id",
               "label",
               "step",
               "actor",
               "account",
               "credentials",
               "connection",
               "connection_reused",
               "via",
               "inside_tunnel",
               "user_name",
               "session",
               "method",
               "host",
               "path",
               "token",
               "sent",
               "sent_bytes",
               "sent_digest",
               "sent_at",
               "answered_at",
               "ended_at",
               "end",
               "status",
               "headers",
               "connect",
               "body_bytes",
               "body_digest",
               "body_declared",
               "exit_by_origin",
               "exit_by_header",
               "sent_order",
               "answered_order"});
  Observation seen;
  read_sender(json, seen);
  seen.connection = text_at(json, "connection");
  seen.connection_reused = flag_at(json, "connection_reused");
  seen.via = read_word(json.at("via"), kViaWords);
  seen.inside_tunnel = flag_at(json, "inside_tunnel");
  seen.user_name = text_at(json, "user_name");
  seen.session = text_at(json, "session");
  seen.method = json.at("method").non_empty_string();
  seen.host = json.at("host").string();
  seen.path = json.at("path").string();
  seen.token = text_at(json, "token");
  seen.sent = headers_at(json, "sent");
  seen.sent_bytes = count_at(json, "sent_bytes");
  seen.sent_digest = digest_at(json, "sent_digest");
  seen.sent_at = instant_at(json, "sent_at");
  seen.answered_at = instant_after(json, "answered_at", seen.sent_at, "sent_at");
  seen.ended_at = instant_after(json, "ended_at", seen.answered_at, "answered_at");
  seen.sent_order = count_at(json, "sent_order");
  seen.answered_order = count_at(json, "answered_order");
  seen.end = read_word(json.at("end"), kAnswerEndWords);
  seen.status = status_at(json);
  if (seen.end == AnswerEnd::kComplete && seen.status == 0)
    json.refuse("a complete answer without a status", "\"status\"");
  seen.headers = headers_at(json, "headers");
  if (const auto connect = json.optional("connect")) {
    connect->object({"status", "headers"});
    connect->at("status");
    seen.connect = ConnectReply{status_at(*connect), headers_at(*connect, "headers")};
  }
  seen.body_bytes = count_at(json, "body_bytes");
  seen.body_digest = digest_at(json, "body_digest");
  if (json.optional("body_declared")) seen.body_declared = count_at(json, "body_declared");
  seen.exit_by_origin = text_at(json, "exit_by_origin");
  seen.exit_by_header = text_at(json, "exit_by_header");
  return seen;
}

ListedSession read_listed(const JsonReader& json) {
  json.object({"id", "exit", "fields"});
  ListedSession session;
  session.id = json.at("id").string();
  session.exit = text_at(json, "exit");
  if (const auto fields = json.optional("fields")) {
    for (const auto& [name, value] : fields->members()) session.fields.emplace(name, value.string());
  }
  return session;
}

Record read_api_call(const JsonReader& json) {
  json.object({"record",    "id",      "label",     "step",    "actor",       "account",    "credentials",
               "operation", "session", "user_name", "sent_at", "answered_at", "sent_order", "answered_order",
               "result",    "status",  "headers",   "created", "listed",      "malformed"});
  ApiCall call;
  read_sender(json, call);
  call.operation = read_word(json.at("operation"), kApiWords);
  call.session = text_at(json, "session");
  call.user_name = text_at(json, "user_name");
  call.sent_at = instant_at(json, "sent_at");
  call.answered_at = instant_after(json, "answered_at", call.sent_at, "sent_at");
  call.sent_order = count_at(json, "sent_order");
  call.answered_order = count_at(json, "answered_order");
  call.result = read_word(json.at("result"), kApiResultWords);
  call.status = status_at(json);
  if (call.result == ApiResult::kAnswered && call.status == 0) json.refuse("an answer without a status", "\"status\"");
  call.headers = headers_at(json, "headers");
  call.created = text_at(json, "created");
  if (const auto listed = json.optional("listed")) {
    for (const JsonReader& element : listed->array()) call.listed.push_back(read_listed(element));
  }
  call.malformed = flag_at(json, "malformed");
  return call;
}

Record read_exit_acted(const JsonReader& json) {
  json.object({"record", "exit", "action", "lasting", "count", "delay", "at", "order"});
  ExitActed acted;
  acted.exit = json.at("exit").non_empty_string();
  acted.action = read_word(json.at("action"), kExitActionWords);
  if (const auto lasting = json.optional("lasting")) acted.lasting = Duration(lasting->integer(0));
  if (const auto count = json.optional("count")) {
    acted.count = static_cast<std::uint32_t>(count->integer(0, std::numeric_limits<std::uint32_t>::max()));
  }
  if (const auto delay = json.optional("delay")) acted.delay = Duration(delay->integer(0));
  acted.at = instant_at(json, "at");
  acted.order = count_at(json, "order");
  return acted;
}

Record read_upstream_saw(const JsonReader& json) {
  json.object({"record", "exit", "event", "method", "host", "token", "at"});
  UpstreamSaw saw;
  saw.exit = json.at("exit").non_empty_string();
  saw.event = read_word(json.at("event"), kUpstreamWords);
  saw.method = text_at(json, "method");
  saw.host = text_at(json, "host");
  saw.token = text_at(json, "token");
  saw.at = instant_at(json, "at");
  return saw;
}

Record read_origin_saw(const JsonReader& json) {
  json.object({"record", "from", "method", "path", "token", "headers", "body_bytes", "body_digest", "at"});
  OriginSaw saw;
  saw.from = json.at("from").non_empty_string();
  saw.method = json.at("method").non_empty_string();
  saw.path = text_at(json, "path");
  saw.token = text_at(json, "token");
  saw.headers = headers_at(json, "headers");
  saw.body_bytes = count_at(json, "body_bytes");
  saw.body_digest = digest_at(json, "body_digest");
  saw.at = instant_at(json, "at");
  return saw;
}

Record read_journal_complete(const JsonReader& json) {
  json.object({"record", "at"});
  return JournalComplete{instant_at(json, "at")};
}

Record read_expected(const JsonReader& json) {
  json.object({"record", "step", "expectation", "at"});
  Expected expected;
  expected.expectation = read_expectation(json.at("expectation"));
  if (expected.expectation.of.empty()) json.at("expectation").refuse("an expectation of nothing", "the labels \"of\"");
  expected.expectation.step = text_at(json, "step");
  expected.at = instant_at(json, "at");
  return expected;
}

Record read_trouble(const JsonReader& json) {
  json.object({"record", "verdict", "step", "what", "at"});
  Trouble trouble;
  trouble.verdict = read_word(json.at("verdict"), kTroubleWords);
  trouble.step = text_at(json, "step");
  trouble.what = json.at("what").string();
  trouble.at = instant_at(json, "at");
  return trouble;
}

struct RecordReader {
  std::string_view word;
  Record (*read)(const JsonReader& json);
};

constexpr RecordReader kRecordReaders[] = {
    {"observation", read_observation}, {"upstream_saw", read_upstream_saw},
    {"origin_saw", read_origin_saw},   {"api_call", read_api_call},
    {"exit_acted", read_exit_acted},   {"journal_complete", read_journal_complete},
    {"expected", read_expected},       {"trouble", read_trouble}};

Record read_record(const JsonReader& json) {
  const JsonReader kind = json.at("record");
  const std::string word = kind.string();
  for (const RecordReader& reader : kRecordReaders) {
    if (reader.word == word) return reader.read(json);
  }
  std::string words;
  for (const RecordReader& reader : kRecordReaders) words += (words.empty() ? "" : ", ") + sim::in_quotes(reader.word);
  kind.refuse("one of " + words);
}

}  // namespace

sim::Parsed<Record> read_record_line(std::string where, std::string_view line) {
  return sim::parse_json(std::move(where), line, read_record);
}

}  // namespace pinproof::conformance
