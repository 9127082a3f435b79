// One call after the other of an API that docs/contracts.md describes, over one connection that is kept. Its caller waits: the io_context
// runs until the answer is there, so a call must not come from inside of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "conformance/live/controls.h"
#include "mock_upstream/net/task.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

struct ContractOptions {
  std::string
      url;  // "http://127.0.0.1:8001", and a path in front of the contract's own where it has one. Plain http only
  std::string token;  // no message ever holds it
  /// Of the wall clock, for a whole call: an interpreter on a busy machine may take a while to fire ten thousand deadlines.
  std::chrono::milliseconds answer_time_max{30'000};
  /// A page of the journal is 4,096 events, and an event's headers at most 64 KiB but seldom more than one.
  std::size_t body_bytes_max = sim::kJsonTextMax;
};

class ContractCall {
 public:
  /// A URL that is none is said by the first call.
  ContractCall(mock_upstream::asio::io_context& io, ContractOptions options);
  ~ContractCall();
  ContractCall(const ContractCall&) = delete;
  ContractCall& operator=(const ContractCall&) = delete;

  using Read = std::function<void(const sim::JsonReader&)>;

  /// Sends and hands the JSON of a 200's body to `read`. Throws ControlLost, with URL and cause, for anything else: no connection, no
  /// answer in time, half of one, another status, JSON that `read` refuses.
  void get(const std::string& path, const Read& read);
  void post(const std::string& path, const std::string& body, const Read& read);

  /// The same, and false where the server has no such path or takes no POST there (404, 405).
  bool post_where_offered(const std::string& path, const std::string& body, const Read& read);

 private:
  struct Inside;
  struct Answer;
  struct Exchange;
  Answer call(const std::string& method, const std::string& path, const std::string& body);
  void read_answer(const std::string& path, const Answer& answer, const Read& read) const;
  [[noreturn]] void lose(const std::string& path, const std::string& why) const;

  std::shared_ptr<Inside> inside_;
};

}  // namespace pinproof::conformance
