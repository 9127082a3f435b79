#include "tools/program/lab_ready_json.h"

#include <nlohmann/json.hpp>

namespace pinproof::program {

std::string to_json_line(const LabReady& ready) {
  nlohmann::ordered_json json;
  const bool gateway = !ready.addresses.gateway.empty();
  if (gateway) {
    json["gateway"] = ready.addresses.gateway;
    json["gateway_tls"] = ready.addresses.gateway_encrypted;
  }
  json["origin"] = {{"http", ready.addresses.origin}, {"https", ready.addresses.origin_encrypted}};
  if (gateway) {
    json["api"] = ready.addresses.gateway + ready.api_path;
    json["clock"] = ready.addresses.gateway_api;
  }
  json["upstreams"] = ready.addresses.upstreams_api;
  json["token"] = ready.token;
  json["ca"] = ready.ca_file;
  json["exits"] = ready.exits;
  if (gateway) {
    json["dialect"] = ready.dialect;
    auto& credentials = json["credentials"] = nlohmann::ordered_json::object();
    for (const sim::Account& account : ready.accounts) {
      auto& one = credentials[account.name] = {{"user", account.user}, {"password", account.password}};
      if (!account.api_token.empty()) one["api_token"] = account.api_token;
    }
  }
  json["pid"] = ready.process;
  return json.dump();
}

}  // namespace pinproof::program
