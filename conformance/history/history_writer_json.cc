#include <nlohmann/json.hpp>

#include "conformance/catalogue/catalogue_json.h"
#include "conformance/history/history_writer.h"
#include "conformance/history/json_line.h"
#include "conformance/history/vocabulary_json.h"
#include "conformance/history/words.h"
#include "conformance/scenario/expectation_json.h"

namespace pinproof::conformance {
namespace {

void write_exit(JsonLine& line, const sim::Exit& exit) {
  line.open_element();
  line.text("address", exit.address);
  line.some_count("port", exit.port);
  line.text("type", sim::to_string(exit.type));
  line.some_text("region", exit.region);
  line.some_text("state", exit.state);
  line.some_text("city", exit.city);
  line.some_count("asn", exit.asn);
  line.close();
}

/// Who and where of an observation or a call.
template <class Stimulated>
void write_sender(JsonLine& line, const Stimulated& record) {
  line.count("id", record.id);
  line.some_text("label", record.label);
  line.some_text("step", record.step);
  line.some_text("actor", record.actor);
  line.some_text("account", record.account);
  if (record.credentials != CredentialFault::kNone)
    line.text("credentials", word_of(kCredentialWords, record.credentials));
}

void write_connect(JsonLine& line, const ConnectReply& reply) {
  line.open("connect");
  line.integer("status", reply.status);
  line.some_headers("headers", reply.headers);
  line.close();
}

void write(JsonLine& line, const Observation& seen) {
  line.text("record", "observation");
  write_sender(line, seen);
  line.some_text("connection", seen.connection);
  line.some_flag("connection_reused", seen.connection_reused);
  line.text("via", word_of(kViaWords, seen.via));
  line.some_flag("inside_tunnel", seen.inside_tunnel);
  if (seen.shape != RequestShape::kSound) line.text("shape", word_of(kShapeWords, seen.shape));
  line.some_text("user_name", seen.user_name);
  line.some_text("session", seen.session);
  line.text("method", seen.method);
  line.text("host", seen.host);
  line.text("path", seen.path);
  line.some_text("token", seen.token);
  line.some_headers("sent", seen.sent);
  line.some_count("sent_bytes", seen.sent_bytes);
  line.some_digest("sent_digest", seen.sent_digest);
  line.instant("sent_at", seen.sent_at);
  line.instant("answered_at", seen.answered_at);
  line.instant("ended_at", seen.ended_at);
  line.some_count("sent_order", seen.sent_order);
  line.some_count("answered_order", seen.answered_order);
  line.text("end", word_of(kAnswerEndWords, seen.end));
  line.some_text("why", seen.why);
  line.some_count("status", static_cast<std::uint64_t>(seen.status));
  line.some_headers("headers", seen.headers);
  if (seen.connect) write_connect(line, *seen.connect);
  line.some_count("body_bytes", seen.body_bytes);
  line.some_digest("body_digest", seen.body_digest);
  if (seen.body_declared) line.count("body_declared", *seen.body_declared);
  line.some_text("exit_by_origin", seen.exit_by_origin);
  line.some_text("exit_by_header", seen.exit_by_header);
}

void write(JsonLine& line, const ApiCall& call) {
  line.text("record", "api_call");
  write_sender(line, call);
  line.text("operation", word_of(kApiWords, call.operation));
  line.some_text("session", call.session);
  line.some_text("user_name", call.user_name);
  line.instant("sent_at", call.sent_at);
  line.instant("answered_at", call.answered_at);
  line.some_count("sent_order", call.sent_order);
  line.some_count("answered_order", call.answered_order);
  line.text("result", word_of(kApiResultWords, call.result));
  line.some_count("status", static_cast<std::uint64_t>(call.status));
  line.some_headers("headers", call.headers);
  line.some_text("created", call.created);
  if (!call.listed.empty()) {
    line.open_list("listed");
    for (const ListedSession& session : call.listed) {
      line.open_element();
      line.text("id", session.id);
      line.some_text("exit", session.exit);
      if (!session.fields.empty()) {
        line.open("fields");
        for (const auto& [name, value] : session.fields) line.quoted_key_text(name, value);
        line.close();
      }
      line.close();
    }
    line.close_list();
  }
  line.some_flag("malformed", call.malformed);
}

void write(JsonLine& line, const ExitActed& acted) {
  line.text("record", "exit_acted");
  line.text("exit", acted.exit);
  line.text("action", word_of(kExitActionWords, acted.action));
  if (acted.lasting) line.duration("lasting", *acted.lasting);
  if (acted.count) line.count("count", *acted.count);
  if (acted.delay != Duration::zero()) line.duration("delay", acted.delay);
  line.instant("at", acted.at);
  line.some_count("order", acted.order);
}

void write(JsonLine& line, const UpstreamSaw& saw) {
  line.text("record", "upstream_saw");
  line.text("exit", saw.exit);
  line.text("event", word_of(kUpstreamWords, saw.event));
  line.some_text("method", saw.method);
  line.some_text("host", saw.host);
  line.some_text("token", saw.token);
  line.instant("at", saw.at);
}

void write(JsonLine& line, const OriginSaw& saw) {
  line.text("record", "origin_saw");
  line.text("from", saw.from);
  line.text("method", saw.method);
  line.some_text("path", saw.path);
  line.some_text("token", saw.token);
  line.some_headers("headers", saw.headers);
  line.some_count("body_bytes", saw.body_bytes);
  line.some_digest("body_digest", saw.body_digest);
  line.instant("at", saw.at);
}

void write(JsonLine& line, const JournalComplete& complete) {
  line.text("record", "journal_complete");
  line.instant("at", complete.at);
}

void write(JsonLine& line, const Expected& expected) {
  line.text("record", "expected");
  line.some_text("step", expected.expectation.step);
  line.json("expectation", expectation_to_json(expected.expectation).dump());
  line.instant("at", expected.at);
}

void write(JsonLine& line, const Trouble& trouble) {
  line.text("record", "trouble");
  line.text("verdict", word_of(kTroubleWords, trouble.verdict));
  line.some_text("step", trouble.step);
  line.text("what", trouble.what);
  line.instant("at", trouble.at);
}

}  // namespace

std::string header_line(const HistoryHeader& header) {
  JsonLine line;
  line.text("record", "header");
  line.integer("version", header.version);
  line.text("program", header.program);
  line.some_text("scenario", header.scenario);
  line.some_text("title", header.title);
  line.open_list("requirements");
  for (const std::string& requirement : header.requirements) line.element(requirement);
  line.close_list();
  line.text("dialect", header.dialect);
  line.text("target", header.target);
  line.text("target_kind", header.target_kind);
  line.text("seed", std::to_string(header.seed));  // as text: 64 bits do not fit the numbers of many readers
  line.text("clock", word_of(kClockWords, header.clock));
  if (header.clock_scale != 1.0) line.json("clock_scale", nlohmann::json(header.clock_scale).dump());
  line.some_text("epoch", header.epoch);
  line.duration("tolerance", header.tolerance);
  line.json("readings", readings_text(header.readings));
  line.json("promised", promises_text(header.promised));
  line.json("vocabulary", vocabulary_text(header.vocabulary));
  line.open_list("capabilities");
  for (const Capability capability : kAllCapabilities) {
    if (header.capabilities.has(capability)) line.element(to_string(capability));
  }
  line.close_list();
  line.open_list("exits");
  for (const sim::Exit& exit : header.exits) write_exit(line, exit);
  line.close_list();
  if (!header.varying.empty()) {
    line.open("volatile");
    for (const auto& [name, value] : header.varying) line.quoted_key_text(name, value);
    line.close();
  }
  if (!header.not_offered.empty()) {
    line.open_list("not_offered");
    for (const std::string& glob : header.not_offered) line.element(glob);
    line.close_list();
  }
  return line.take();
}

std::string record_line(const Record& record) {
  JsonLine line;
  std::visit([&](const auto& said) { write(line, said); }, record);
  return line.take();
}

std::string history_text(const History& history) {
  std::string text = header_line(history.header);
  for (const Record& record : history.records) text += record_line(record);
  return text;
}

}  // namespace pinproof::conformance
