#include "conformance/history/record_reader.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <tuple>
#include <utility>

#include "conformance/history/words.h"
#include "conformance/scenario/expectation_reader.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

using sim::JsonReader;

// What differs between the careful reader and the flat one. Json below is one of them.

using Keys = std::initializer_list<std::string_view>;
void begin(const JsonReader& json, Keys keys) { json.object(keys); }
void begin(FlatValue& /*json*/, Keys /*keys*/) {}
void end(const JsonReader& /*json*/) {}
void end(const FlatValue& json) { json.done(); }

std::string text_of(const JsonReader& json) { return json.string(); }
std::string_view text_of(const FlatValue& json) { return json.text(); }

std::string non_empty_text_of(const JsonReader& json) { return json.non_empty_string(); }
std::string_view non_empty_text_of(const FlatValue& json) {
  if (json.text().empty()) json.refuse();
  return json.text();
}

/// The members of an object whose keys are data, each once.
template <class Take>
void each_member(const JsonReader& json, Take take) {
  for (const auto& [key, value] : json.members()) take(key, value);
}
template <class Take>
void each_member(const FlatValue& json, Take take) {
  for (const FlatValue member : json.members()) {
    if (!take(member.key(), member)) json.refuse();
  }
}

// Everything below fills a record that may hold another line's values, so that every field is given one.

template <class Json>
void text_at(Json& json, std::string_view key, std::string& to) {
  if (const auto value = json.optional(key)) {
    to = text_of(*value);
  } else {
    to.clear();
  }
}

template <class Json>
bool flag_at(Json& json, std::string_view key) {
  const auto value = json.optional(key);
  return value && value->boolean();
}

template <class Json>
std::uint64_t count_at(Json& json, std::string_view key) {
  const auto value = json.optional(key);
  return value ? static_cast<std::uint64_t>(value->integer(0)) : 0;
}

template <class Json>
int status_at(Json& json) {
  const auto value = json.optional("status");
  return value ? static_cast<int>(value->integer(100, 999)) : 0;
}

template <class Json>
std::uint64_t digest_at(Json& json, std::string_view key) {
  const auto value = json.optional(key);
  if (!value) return 0;
  const auto text = text_of(*value);
  std::uint64_t digest = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digest, 16);
  if (error != std::errc{} || end != text.data() + text.size()) value->refuse("16 hexadecimal digits");
  return digest;
}

template <class Json>
Instant instant_at(Json& json, std::string_view key) {
  return Instant(Duration(json.at(key).integer(0)));
}

/// An instant of one record that cannot be before another of it.
template <class Json>
Instant instant_after(Json& json, std::string_view key, Instant earlier, std::string_view earlier_key) {
  const auto value = json.at(key);
  const Instant instant{Duration(value.integer(0))};
  if (instant < earlier) value.refuse("no earlier than \"" + std::string(earlier_key) + "\": time runs backwards");
  return instant;
}

template <class Json>
void headers_at(Json& json, std::string_view key, sim::Headers& headers) {
  constexpr std::size_t kFieldLengthMax = 0xffff;  // of sim::Headers
  headers.clear();
  const auto list = json.optional(key);
  if (!list) return;
  for (const auto& element : list->array()) {
    const auto text = text_of(element);
    const std::string_view field(text);
    const std::size_t colon = field.find(": ");
    if (colon == 0 || colon == std::string_view::npos || field.size() > kFieldLengthMax) {
      element.refuse("\"Name: value\"");
    }
    headers.add(field.substr(0, colon), field.substr(colon + 2));
  }
}

template <class Json, class Word, std::size_t N>
Word word_at(Json& json, std::string_view key, const Words<Word, N>& words) {
  return read_word(json.at(key), words);
}

template <class Json, class Stimulated>
void read_sender(Json& json, Stimulated& record) {
  record.id = static_cast<std::uint64_t>(json.at("id").integer(1));
  text_at(json, "label", record.label);
  text_at(json, "step", record.step);
  text_at(json, "actor", record.actor);
  text_at(json, "account", record.account);
  const auto fault = json.optional("credentials");
  record.credentials = fault ? read_word(*fault, kCredentialWords) : CredentialFault::kNone;
}

template <class Json>
void read_connect(Json& json, std::optional<ConnectReply>& connect) {
  auto value = json.optional("connect");
  if (!value) {
    connect.reset();
    return;
  }
  begin(*value, {"status", "headers"});
  if (!connect) connect.emplace();
  connect->status = static_cast<int>(value->at("status").integer(100, 999));
  headers_at(*value, "headers", connect->headers);
  end(*value);
}

// The order is the writer's, in which the flat reader finds each key at the first look.
template <class Json>
void read(Json& json, Observation& seen) {
  begin(json, {"record",
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
               "shape",
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
               "why",
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
  read_sender(json, seen);
  text_at(json, "connection", seen.connection);
  seen.connection_reused = flag_at(json, "connection_reused");
  seen.via = word_at(json, "via", kViaWords);
  seen.inside_tunnel = flag_at(json, "inside_tunnel");
  const auto shape = json.optional("shape");
  seen.shape = shape ? read_word(*shape, kShapeWords) : RequestShape::kSound;
  text_at(json, "user_name", seen.user_name);
  text_at(json, "session", seen.session);
  seen.method = non_empty_text_of(json.at("method"));
  seen.host = text_of(json.at("host"));
  seen.path = text_of(json.at("path"));
  text_at(json, "token", seen.token);
  headers_at(json, "sent", seen.sent);
  seen.sent_bytes = count_at(json, "sent_bytes");
  seen.sent_digest = digest_at(json, "sent_digest");
  seen.sent_at = instant_at(json, "sent_at");
  seen.answered_at = instant_after(json, "answered_at", seen.sent_at, "sent_at");
  seen.ended_at = instant_after(json, "ended_at", seen.answered_at, "answered_at");
  seen.sent_order = count_at(json, "sent_order");
  seen.answered_order = count_at(json, "answered_order");
  seen.end = word_at(json, "end", kAnswerEndWords);
  text_at(json, "why", seen.why);
  seen.status = status_at(json);
  if (seen.end == AnswerEnd::kComplete && seen.status == 0) {
    json.refuse("a complete answer without a status", "\"status\"");
  }
  headers_at(json, "headers", seen.headers);
  read_connect(json, seen.connect);
  seen.body_bytes = count_at(json, "body_bytes");
  seen.body_digest = digest_at(json, "body_digest");
  const auto declared = json.optional("body_declared");
  seen.body_declared.reset();
  if (declared) seen.body_declared = static_cast<std::uint64_t>(declared->integer(0));
  text_at(json, "exit_by_origin", seen.exit_by_origin);
  text_at(json, "exit_by_header", seen.exit_by_header);
  end(json);
}

template <class Json>
void read_listed(Json& json, ListedSession& session) {
  begin(json, {"id", "exit", "fields"});
  session.id = text_of(json.at("id"));
  text_at(json, "exit", session.exit);
  if (const auto fields = json.optional("fields")) {
    each_member(*fields, [&](std::string_view name, const auto& value) {
      return session.fields.emplace(name, text_of(value)).second;
    });
  }
  end(json);
}

template <class Json>
void read(Json& json, ApiCall& call) {
  begin(json, {"record",    "id",      "label",     "step",    "actor",       "account",    "credentials",
               "operation", "session", "user_name", "sent_at", "answered_at", "sent_order", "answered_order",
               "result",    "status",  "headers",   "created", "listed",      "malformed"});
  read_sender(json, call);
  call.operation = word_at(json, "operation", kApiWords);
  text_at(json, "session", call.session);
  text_at(json, "user_name", call.user_name);
  call.sent_at = instant_at(json, "sent_at");
  call.answered_at = instant_after(json, "answered_at", call.sent_at, "sent_at");
  call.sent_order = count_at(json, "sent_order");
  call.answered_order = count_at(json, "answered_order");
  call.result = word_at(json, "result", kApiResultWords);
  call.status = status_at(json);
  if (call.result == ApiResult::kAnswered && call.status == 0) json.refuse("an answer without a status", "\"status\"");
  headers_at(json, "headers", call.headers);
  text_at(json, "created", call.created);
  call.listed.clear();
  if (const auto listed = json.optional("listed")) {
    for (auto element : listed->array()) read_listed(element, call.listed.emplace_back());
  }
  call.malformed = flag_at(json, "malformed");
  end(json);
}

template <class Json>
void read(Json& json, ExitActed& acted) {
  begin(json, {"record", "exit", "action", "lasting", "count", "delay", "at", "order"});
  acted.exit = non_empty_text_of(json.at("exit"));
  acted.action = word_at(json, "action", kExitActionWords);
  const auto lasting = json.optional("lasting");
  acted.lasting.reset();
  if (lasting) acted.lasting = Duration(lasting->integer(0));
  const auto count = json.optional("count");
  acted.count.reset();
  if (count) acted.count = static_cast<std::uint32_t>(count->integer(0, std::numeric_limits<std::uint32_t>::max()));
  const auto delay = json.optional("delay");
  acted.delay = delay ? Duration(delay->integer(0)) : Duration::zero();
  acted.at = instant_at(json, "at");
  acted.order = count_at(json, "order");
  end(json);
}

template <class Json>
void read(Json& json, UpstreamSaw& saw) {
  begin(json, {"record", "exit", "event", "method", "host", "token", "at"});
  saw.exit = non_empty_text_of(json.at("exit"));
  saw.event = word_at(json, "event", kUpstreamWords);
  text_at(json, "method", saw.method);
  text_at(json, "host", saw.host);
  text_at(json, "token", saw.token);
  saw.at = instant_at(json, "at");
  end(json);
}

template <class Json>
void read(Json& json, OriginSaw& saw) {
  begin(json, {"record", "from", "method", "path", "token", "headers", "body_bytes", "body_digest", "at"});
  saw.from = non_empty_text_of(json.at("from"));
  saw.method = non_empty_text_of(json.at("method"));
  text_at(json, "path", saw.path);
  text_at(json, "token", saw.token);
  headers_at(json, "headers", saw.headers);
  saw.body_bytes = count_at(json, "body_bytes");
  saw.body_digest = digest_at(json, "body_digest");
  saw.at = instant_at(json, "at");
  end(json);
}

template <class Json>
void read(Json& json, JournalComplete& complete) {
  begin(json, {"record", "at"});
  complete.at = instant_at(json, "at");
  end(json);
}

/// An expectation has a reader of its own, the scenario's, and comes a few times a history.
void read(FlatValue& json, Expected& /*expected*/) { json.refuse(); }

void read(const JsonReader& json, Expected& expected) {
  json.object({"record", "step", "expectation", "at"});
  expected.expectation = read_expectation(json.at("expectation"));
  if (expected.expectation.of.empty()) json.at("expectation").refuse("an expectation of nothing", "the labels \"of\"");
  text_at(json, "step", expected.expectation.step);
  expected.at = instant_at(json, "at");
}

template <class Json>
void read(Json& json, Trouble& trouble) {
  begin(json, {"record", "verdict", "step", "what", "at"});
  trouble.verdict = word_at(json, "verdict", kTroubleWords);
  text_at(json, "step", trouble.step);
  trouble.what = text_of(json.at("what"));
  trouble.at = instant_at(json, "at");
  end(json);
}

/// The words of "record"; each stands at the place of its kind in Record.
constexpr std::array<std::string_view, std::variant_size_v<Record>> kKinds{
    "observation", "api_call", "exit_acted", "upstream_saw", "origin_saw", "journal_complete", "expected", "trouble"};

template <std::size_t... kKind>
auto one_of_each(std::index_sequence<kKind...> /*kinds*/) {
  return std::array<Record, sizeof...(kKind)>{Record(std::in_place_index<kKind>)...};
}

std::size_t kind_of(std::string_view word) {
  return static_cast<std::size_t>(std::find(kKinds.begin(), kKinds.end(), word) - kKinds.begin());
}

/// Fills `record`, which is of that kind.
template <class Json>
void fill(Json& json, Record& record) {
  std::visit([&](auto& said) { read(json, said); }, record);
}

}  // namespace

RecordReader::RecordReader() : records_(one_of_each(std::make_index_sequence<std::variant_size_v<Record>>())) {}

const Record* RecordReader::read(std::string_view line) {
  try {
    return read_flat(line);
  } catch (const NotPlain&) {
    return read_with_care(line);
  }
}

const Record* RecordReader::read_flat(std::string_view line) {
  FlatValue json = flat_.parse(line);
  const std::size_t kind = kind_of(json.at("record").text());
  if (kind == kKinds.size()) json.refuse();
  fill(json, records_[kind]);
  return &records_[kind];
}

const Record* RecordReader::read_with_care(std::string_view line) {
  std::size_t kind = kKinds.size();
  const auto error = sim::read_json("", line, [this, &kind](const JsonReader& json) {
    const JsonReader record = json.at("record");
    kind = kind_of(record.string());
    if (kind == kKinds.size()) {
      std::string words;
      for (const std::string_view word : kKinds) words += (words.empty() ? "" : ", ") + sim::in_quotes(word);
      record.refuse("one of " + words);
    }
    fill(json, records_[kind]);
  });
  if (!error) return &records_[kind];
  error_ = *error;
  return nullptr;
}

}  // namespace pinproof::conformance
