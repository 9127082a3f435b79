#include "sim/gateway/gateway_testing.h"

#include <gtest/gtest.h>

#include "sim/core/check.h"
#include "sim/http/basic_credentials.h"

namespace pinproof::sim {

std::vector<Exit> test_exits() {
  struct Place {
    int exits;
    ExitType type;
    const char* region;
    const char* state;
    const char* city;
    std::uint32_t asn;
  };
  const Place places[] = {
      {2, ExitType::kResidential, "us", "ca", "la", 7922},     {2, ExitType::kResidential, "us", "ny", "nyc", 7018},
      {3, ExitType::kResidential, "de", "be", "berlin", 3320}, {2, ExitType::kResidential, "jp", "13", "tokyo", 2516},
      {2, ExitType::kMobile, "us", "ca", "la", 21928},         {1, ExitType::kResidential, "fr", "idf", "paris", 3215},
  };
  std::vector<Exit> exits;
  for (const Place& place : places) {
    for (int i = 0; i < place.exits; ++i) {
      exits.push_back({.address = "127.20.0." + std::to_string(exits.size() + 1),
                       .type = place.type,
                       .region = place.region,
                       .state = place.state,
                       .city = place.city,
                       .asn = place.asn});
    }
  }
  return exits;
}

std::uint32_t Sent::exit() const {
  const auto& forwards = gateway_->exchange(id_).forwards;
  PINPROOF_CHECK(!forwards.empty(), "not forwarded: {}", seen().outcome());
  return static_cast<std::uint32_t>(forwards.back().exit);
}

std::uint32_t Sent::attempts() const { return static_cast<std::uint32_t>(gateway_->exchange(id_).forwards.size()); }
bool Sent::held() const { return !gateway_->exchange(id_).under_way && seen().status == 0; }
int Sent::cancels() const { return gateway_->exchange(id_).cancels; }
const Seen& Sent::seen() const { return gateway_->exchange(id_).seen; }

const Seen& Sent::begin_answer(int status, const Headers& headers) {
  TestGateway::Exchange& of = gateway_->exchange(id_);
  of.under_way = false;
  of.answered = status;
  gateway_->gateway_.answer(id_, ResponseHead{status, headers}, gateway_->now_, gateway_->effects_);
  gateway_->take_effects();
  return seen();
}

const Seen& Sent::answer(int status, const Headers& headers) {
  begin_answer(status, headers);
  if (seen().status != 0 && !seen().own) finish();
  return seen();
}

void Sent::finish(std::uint64_t bytes_up, std::uint64_t bytes_down) {
  gateway_->gateway_.finished(id_, bytes_up, bytes_down, gateway_->now_);
}

Sent& Sent::refuse() {
  gateway_->fail(id_, AttemptFailure::kRefused);
  return *this;
}

Sent& Sent::reset() {
  gateway_->fail(id_, AttemptFailure::kReset);
  return *this;
}

Sent& Sent::garble() {
  gateway_->fail(id_, AttemptFailure::kMalformed);
  return *this;
}

void Sent::leave() {
  gateway_->gateway_.client_gone(id_, gateway_->now_, gateway_->effects_);
  gateway_->take_effects();
}

const Seen& Sent::play() {
  while (seen().status == 0 && !seen().intercepted) {
    if (held()) {
      gateway_->wait_until(gateway_->gateway_.next_deadline() - kStart);
    } else if (gateway_->down_.contains(exit())) {
      refuse();
    } else {
      answer();
    }
  }
  return seen();
}

TestGateway::TestGateway(Rules rules, std::uint64_t seed, std::vector<Exit> exits)
    : gateway_(std::move(rules), std::move(exits), seed) {}

Sent TestGateway::send(const TestRequest& request) {
  RequestHead head{request.method, request.target, request.headers};
  if (request.credentials) head.headers.add("Proxy-Authorization", format_basic(request.user, request.password));
  const ConnectionId connection = request.on ? *request.on : gateway_.connect();
  const RequestId id = gateway_.request(
      {.connection = connection, .head = head, .body_bytes = 0, .inside_tunnel = request.inside_tunnel}, now_,
      effects_);
  take_effects();
  return {*this, id};
}

Seen TestGateway::api(std::string_view method, std::string_view target, std::string_view credentials) {
  RequestHead head{std::string(method), std::string(target), {}};
  if (!credentials.empty()) head.headers.add("Authorization", credentials);
  const RequestId id =
      gateway_.request({.connection = gateway_.connect(), .head = head, .body_bytes = 0}, now_, effects_);
  take_effects();
  return exchange(id).seen;
}

void TestGateway::wait_until(Duration since_start) {
  const Instant until = kStart + since_start;
  while (gateway_.next_deadline() <= until) {
    now_ = std::max(now_, gateway_.next_deadline());
    gateway_.advance(now_, effects_);
    take_effects();
  }
  now_ = until;
  gateway_.advance(now_, effects_);
  take_effects();
}

void TestGateway::fail(RequestId id, AttemptFailure failure) {
  exchange(id).under_way = false;
  gateway_.attempt_failed(id, failure, now_, effects_);
  take_effects();
}

void TestGateway::take_effects() {
  const Effects effects = std::move(effects_);
  effects_.clear();
  for (const Effect& effect : effects) {
    Exchange& of = std::visit([this](const auto& each) -> Exchange& { return exchange(each.request); }, effect);
    if (const auto* forward = std::get_if<Forward>(&effect)) {
      of.forwards.push_back(*forward);
      of.under_way = true;
      of.seen.exit = static_cast<std::uint32_t>(forward->exit);
      EXPECT_EQ(forward->attempt, of.forwards.size()) << "attempts are counted from 1";
      of.seen.attempts = forward->attempt;
    } else if (const auto* reply = std::get_if<Reply>(&effect)) {
      of.seen.status = reply->head.status;
      of.seen.own = true;
      of.seen.close = reply->close;
      of.seen.headers = reply->head.headers;
      of.seen.body = reply->body;
      const std::string& error = gateway_.rules().headers.error;
      of.seen.code = reply->head.headers.find(error).value_or("");
    } else if (const auto* relay = std::get_if<Relay>(&effect)) {
      of.seen.status = of.answered;
      of.seen.headers = relay->added;
    } else if (const auto* intercept = std::get_if<Intercept>(&effect)) {
      of.seen.status = 200;
      of.seen.intercepted = true;
      of.seen.headers = intercept->added;
    } else if (std::holds_alternative<Abort>(effect)) {
      of.seen.aborted = true;
    } else {
      ++of.cancels;
      of.under_way = false;
    }
  }
}

}  // namespace pinproof::sim
