// How long sessions last, what a loss does to them, and what tells them apart, from their JSON form.
#include "sim/core/json_reader.h"
#include "sim/gateway/rules_readers.h"
#include "sim/gateway/rules_words.h"

namespace pinproof::sim {
namespace {

WindowRules read_window(const JsonReader& json) {
  json.object({"kind", "minute", "length", "minutes_min", "minutes_cap", "capped", "over_cap", "cap_after_repin",
               "restarts_on_repin", "listing_extends", "grace", "from_answer"});
  WindowRules window;
  window.kind = json.at("kind").one_of(words::kWindowKind);
  window.minute = json.at("minute").duration(1ns, std::chrono::hours(1));
  window.length = length(json.at("length"));
  window.minutes_min = count(json.at("minutes_min"));
  window.minutes_cap = count(json.at("minutes_cap"));
  for (const JsonReader& element : json.at("capped").array(0, 2)) {
    window.capped.push_back(element.one_of<ExitType>({{"res", ExitType::kResidential}, {"mob", ExitType::kMobile}}));
  }
  window.over_cap = json.at("over_cap").one_of(words::kOverCap);
  window.cap_after_repin = json.at("cap_after_repin").boolean();
  window.restarts_on_repin = json.at("restarts_on_repin").boolean();
  window.listing_extends = json.at("listing_extends").boolean();
  read_if_there(json, "grace", window.grace);
  read_if_there(json, "from_answer", window.from_answer);
  return window;
}

LossRules read_loss(const JsonReader& json) {
  json.object({"policy", "pool", "choice", "reach", "picks_max", "announced", "announced_value", "announced_on_connect",
               "expiry_announced", "in_flight_retried", "cut_answer", "ignored", "repins_max",
               "announced_once_a_session", "window_from_loss", "outlives_window", "exhausted_for_good"});
  LossRules loss;
  loss.policy = json.at("policy").one_of(words::kLossPolicy);
  loss.pool = json.at("pool").one_of(words::kRepinPool);
  loss.choice = json.at("choice").one_of(words::kRepinChoice);
  loss.reach = json.at("reach").one_of(words::kLossReach);
  loss.picks_max = count(json.at("picks_max"));
  loss.announced = json.at("announced").one_of(words::kAnnouncement);
  loss.announced_value = code_text(json.at("announced_value"));
  loss.announced_on_connect = json.at("announced_on_connect").boolean();
  loss.expiry_announced = json.at("expiry_announced").boolean();
  loss.in_flight_retried = json.at("in_flight_retried").boolean();
  read_if_there(json, "cut_answer", loss.cut_answer, words::kCutAnswer);
  read_if_there(json, "ignored", loss.ignored);
  read_if_there(json, "repins_max", loss.repins_max);
  read_if_there(json, "announced_once_a_session", loss.announced_once_a_session);
  read_if_there(json, "window_from_loss", loss.window_from_loss);
  read_if_there(json, "outlives_window", loss.outlives_window);
  read_if_there(json, "exhausted_for_good", loss.exhausted_for_good);
  return loss;
}

}  // namespace

SessionRules read_session(const JsonReader& json) {
  json.object({"said_in",
               "key",
               "pinned_at",
               "window",
               "loss",
               "limit_per_account",
               "deletion_frees_slot",
               "expiry_frees_slot",
               "expired_listed",
               "owner_checked",
               "after_expiry",
               "unknown_id",
               "ignored",
               "moves_after",
               "moves_announced",
               "exits_exclusive",
               "kept_max",
               "window_inherited",
               "created_id_told",
               "concurrent_creations_share",
               "creation_elsewhere",
               "exit_a_host",
               "limit_over_all",
               "refused_creations_count",
               "id_told_on_errors"});
  SessionRules session;
  session.said_in = json.at("said_in").one_of(words::kSessionSource);
  for (const JsonReader& element : json.at("key").array(1, 16)) session.key.push_back(element.one_of(words::kKeyPart));
  session.pinned_at = json.at("pinned_at").one_of(words::kPinMoment);
  session.window = read_window(json.at("window"));
  session.loss = read_loss(json.at("loss"));
  session.limit_per_account = count(json.at("limit_per_account"));
  session.deletion_frees_slot = json.at("deletion_frees_slot").boolean();
  session.expiry_frees_slot = json.at("expiry_frees_slot").boolean();
  session.expired_listed = json.at("expired_listed").boolean();
  session.owner_checked = json.at("owner_checked").boolean();
  read_if_there(json, "after_expiry", session.after_expiry, words::kAfterExpiry);
  read_if_there(json, "unknown_id", session.unknown_id, words::kUnknownId);
  read_if_there(json, "ignored", session.ignored);
  read_if_there(json, "moves_after", session.moves_after);
  read_if_there(json, "moves_announced", session.moves_announced);
  read_if_there(json, "exits_exclusive", session.exits_exclusive);
  read_if_there(json, "kept_max", session.kept_max);
  read_if_there(json, "window_inherited", session.window_inherited);
  read_if_there(json, "created_id_told", session.created_id_told);
  read_if_there(json, "concurrent_creations_share", session.concurrent_creations_share);
  read_if_there(json, "creation_elsewhere", session.creation_elsewhere);
  read_if_there(json, "exit_a_host", session.exit_a_host);
  read_if_there(json, "limit_over_all", session.limit_over_all);
  read_if_there(json, "refused_creations_count", session.refused_creations_count);
  read_if_there(json, "id_told_on_errors", session.id_told_on_errors);
  return session;
}

}  // namespace pinproof::sim
