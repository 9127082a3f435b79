#include "reports/matrix_json.h"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "reports/escape.h"

namespace pinproof::reports {
namespace {

using Json = nlohmann::json;

constexpr int kMatrixVersion = 1;
constexpr const char* kVersionKey = "deviations_result";

/// A value and where it stands. Throws the ResultError of what is wrong, which parse_matrix catches.
class Node {
 public:
  Node(const Json& json, std::string pointer) : json_(json), pointer_(std::move(pointer)) {}

  Node at(const char* key) const {
    if (!json_.is_object() || !json_.contains(key)) refuse(fmt::format("the key \"{}\"", key), "an object without it");
    return {json_.at(key), fmt::format("{}/{}", pointer_, key)};
  }
  bool has(const char* key) const { return json_.is_object() && json_.contains(key); }

  std::string text() const {
    if (!json_.is_string()) refuse("a string");
    return json_.get<std::string>();
  }
  std::uint64_t number() const {
    if (!json_.is_number_unsigned()) refuse("an integer from 0");
    return json_.get<std::uint64_t>();
  }
  bool boolean() const {
    if (!json_.is_boolean()) refuse("true or false");
    return json_.get<bool>();
  }
  std::vector<Node> list() const {
    if (!json_.is_array()) refuse("an array");
    std::vector<Node> nodes;
    for (std::size_t i = 0; i < json_.size(); ++i) nodes.emplace_back(json_[i], fmt::format("{}/{}", pointer_, i));
    return nodes;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const Node& node : list()) texts.push_back(node.text());
    return texts;
  }

  [[noreturn]] void refuse(std::string expected, std::string found = "") const {
    if (found.empty()) found = escape(json_.dump(-1, ' ', false, Json::error_handler_t::replace), 60);
    throw ResultError{pointer_, std::move(found), std::move(expected)};
  }

 private:
  const Json& json_;
  std::string pointer_;
};

std::vector<MatrixScenario> kills_of(const Node& list) {
  std::vector<MatrixScenario> scenarios;
  for (const Node& node : list.list()) {
    std::string by;
    for (const std::string& word : node.at("by").texts()) by += (by.empty() ? "" : ", ") + word;
    scenarios.push_back({node.at("scenario").text(), std::move(by), node.at("reason").text()});
  }
  return scenarios;
}

std::vector<MatrixScenario> not_passed_of(const Node& list) {
  std::vector<MatrixScenario> scenarios;
  for (const Node& node : list.list())
    scenarios.push_back({node.at("scenario").text(), node.at("verdict").text(), node.at("reason").text()});
  return scenarios;
}

MatrixGateway gateway_of(const Node& node) {
  MatrixGateway gateway;
  gateway.id = node.at("id").text();
  gateway.title = node.at("title").text();
  gateway.dialect = node.at("dialect").text();
  return gateway;
}

MatrixGateway right_of(const Node& node) {
  MatrixGateway gateway = gateway_of(node);
  gateway.outcome = node.at("passed").boolean() ? "passed" : "not_passed";
  gateway.others = node.at("failed").texts();
  gateway.scenarios = not_passed_of(node.at("not_passed"));
  return gateway;
}

MatrixGateway wrong_of(const Node& node) {
  MatrixGateway gateway = gateway_of(node);
  gateway.requirement = node.at("requirement").text();
  gateway.outcome = node.at("outcome").text();
  gateway.reason = node.at("reason").text();
  gateway.scenarios = kills_of(node.at("kills"));
  gateway.others = node.at("others").texts();
  gateway.harness_errors = not_passed_of(node.at("harness_errors"));
  return gateway;
}

Matrix matrix_of(const Node& root) {
  if (const Node version = root.at(kVersionKey); version.number() != kMatrixVersion)
    version.refuse(fmt::format("{}, the only version that this program reads", kMatrixVersion));
  Matrix matrix;
  matrix.version = root.at("version").text();
  matrix.seed = root.at("seed").number();
  matrix.scenarios = root.at("counts").at("scenarios").number();
  matrix.complete = root.at("complete").boolean();
  matrix.whole = root.at("whole").boolean();
  matrix.proved = root.at("proved").boolean();
  for (const char* const key : {"references", "conforming"}) {
    for (const Node& node : root.at(key).list()) matrix.right.push_back(right_of(node));
  }
  for (const Node& node : root.at("deviations").list()) matrix.wrong.push_back(wrong_of(node));
  if (root.has("idle_scenarios")) matrix.idle_scenarios = root.at("idle_scenarios").texts();
  if (root.has("requirements_unkilled")) matrix.requirements_unkilled = root.at("requirements_unkilled").texts();
  return matrix;
}

}  // namespace

bool is_matrix(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  return json.is_object() && json.contains(kVersionKey);
}

std::variant<Matrix, ResultError> parse_matrix(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return ResultError{"", "text that is not JSON", "a matrix of `pinproof deviations --json`"};
  try {
    return matrix_of(Node(json, ""));
  } catch (ResultError& error) {
    return std::move(error);
  }
}

}  // namespace pinproof::reports
