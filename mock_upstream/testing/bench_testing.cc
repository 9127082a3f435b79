#include "mock_upstream/testing/bench_testing.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace pinproof::mock_upstream {

TestBench::TestBench()
    : site(std::make_shared<Site>(
          io.get_executor(), clock, [this](std::string_view what) { reports.emplace_back(what); },
          std::chrono::milliseconds(10))) {}

TestBench::~TestBench() {
  site->idle.expire_all();
  EXPECT_TRUE(run_until([this] { return site->tasks->running() == 0; }, "the end of all tasks"));
  EXPECT_EQ(reports, std::vector<std::string>());
  EXPECT_EQ(site->activity.active, 0U);
  EXPECT_EQ(site->activity.held, 0U);
}

bool TestBench::run_until(const std::function<bool()>& happened, std::string_view what) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!happened()) {
    if (io.stopped()) io.restart();
    if (io.run_one_until(until) > 0) continue;
    ADD_FAILURE() << "waited in vain for " << what;
    return false;
  }
  return true;
}

void TestBench::settle() {
  if (io.stopped()) io.restart();
  // What one round makes ready at a socket, the next finds.
  constexpr int kRounds = 16;
  for (int quiet = 0; quiet < kRounds;) quiet = io.poll() == 0 ? quiet + 1 : 0;
}

TestClient::TestClient(TestBench& bench, const Endpoint& to, std::string_view from)
    : bench_(bench), state_(std::make_shared<State>()) {
  state_->connection = std::make_shared<Connection>(Socket(bench.io.get_executor()), bench.site->idle);
  bench.site->tasks->start("a test's client", run(state_, to, asio::ip::make_address_v4(from)));
}

TestClient::~TestClient() { state_->connection->close(); }

Task<> TestClient::run(std::shared_ptr<State> state, Endpoint to, Address from) {
  state->error = co_await state->connection->connect(to, from);
  state->connected = !state->error;
  std::array<char, 65536> buffer{};
  const std::span<char> room(buffer);
  while (!state->error) {
    const auto [error, read] = co_await state->connection->read_some(room);
    state->received.append(buffer.data(), read);
    state->error = error;
  }
  state->ended = true;
}

void TestClient::send(std::string_view bytes) {
  ASSERT_TRUE(wait_connected());
  ASSERT_TRUE(try_send(bytes)) << "the peer ended it: " << state_->error.message();
}

bool TestClient::try_send(std::string_view bytes) {
  while (!bytes.empty() && !state_->ended) {
    const std::size_t sent = state_->connection->write_now(bytes);
    bytes.remove_prefix(sent);
    if (sent == 0) bench_.io.run_one_for(std::chrono::milliseconds(1));
  }
  return !state_->ended;
}

void TestClient::stop_sending() {
  Error ignored;
  state_->connection->socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}
void TestClient::close() { state_->connection->close(); }
void TestClient::reset() { state_->connection->reset(); }

bool TestClient::wait_for(std::string_view text) {
  return bench_.run_until([&] { return state_->received.find(text) != std::string::npos; },
                          std::string(text) + " in what came: " + state_->received);
}
bool TestClient::wait_for_bytes(std::size_t bytes) {
  return bench_.run_until([&] { return state_->received.size() >= bytes; }, std::to_string(bytes) + " bytes");
}
bool TestClient::wait_for_end() {
  return bench_.run_until([&] { return state_->ended; }, "the connection's end");
}
bool TestClient::wait_connected() {
  return bench_.run_until([&] { return state_->connected || state_->ended; }, "the connection") && state_->connected;
}

}  // namespace pinproof::mock_upstream
