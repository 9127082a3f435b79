#include <type_traits>
#include <variant>

#include "sim/world/network.h"

namespace pinproof::sim {

bool asks_to_close(const Headers& headers) {
  for (const auto field : headers) {
    if (!same_field_name(field.name, "Connection")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      std::string_view option = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(rest.size(), option.size() + 1));
      while (option.starts_with(' ')) option.remove_prefix(1);
      while (option.ends_with(' ')) option.remove_suffix(1);
      if (same_field_name(option, "close")) return true;
    }
  }
  return false;
}

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::kConnectAtGateway:
      return "connect-at-gateway";
    case EventKind::kCloseAtGateway:
      return "close-at-gateway";
    case EventKind::kCloseAtClient:
      return "close-at-client";
    case EventKind::kUnsent:
      return "unsent";
    case EventKind::kRequestAtGateway:
      return "request-at-gateway";
    case EventKind::kHeadAtClient:
      return "head-at-client";
    case EventKind::kEndAtClient:
      return "end-at-client";
    case EventKind::kTunnelRequestAtExit:
      return "tunnel-request-at-exit";
    case EventKind::kTunnelRequestAtOrigin:
      return "tunnel-request-at-origin";
    case EventKind::kTunnelAnswerAtExit:
      return "tunnel-answer-at-exit";
    case EventKind::kTunnelRestAtExit:
      return "tunnel-rest-at-exit";
    case EventKind::kForwardAtExit:
      return "forward-at-exit";
    case EventKind::kRequestAtOrigin:
      return "request-at-origin";
    case EventKind::kAnswerAtExit:
      return "answer-at-exit";
    case EventKind::kRestAtExit:
      return "rest-at-exit";
    case EventKind::kCancelAtExit:
      return "cancel-at-exit";
    case EventKind::kAnswerAtGateway:
      return "answer-at-gateway";
    case EventKind::kRestAtGateway:
      return "rest-at-gateway";
    case EventKind::kFailureAtGateway:
      return "failure-at-gateway";
    case EventKind::kTunnelEndAtGateway:
      return "tunnel-end-at-gateway";
  }
  PINPROOF_CHECK(false, "an event of kind {}", static_cast<int>(kind));
}

std::string_view to_string(ExchangeEnd end) {
  switch (end) {
    case ExchangeEnd::kComplete:
      return "complete";
    case ExchangeEnd::kCut:
      return "cut";
    case ExchangeEnd::kClosed:
      return "closed";
  }
  PINPROOF_CHECK(false, "an exchange's end {}", static_cast<int>(end));
}

std::string_view to_string(AttemptFailure failure) {
  switch (failure) {
    case AttemptFailure::kRefused:
      return "refused";
    case AttemptFailure::kReset:
      return "reset";
    case AttemptFailure::kMalformed:
      return "malformed";
  }
  PINPROOF_CHECK(false, "an attempt's failure {}", static_cast<int>(failure));
}

std::string_view to_string(ExitSight sight) {
  switch (sight) {
    case ExitSight::kRefused:
      return "refused";
    case ExitSight::kForwarded:
      return "forwarded";
    case ExitSight::kAnswered:
      return "answered";
    case ExitSight::kFailed:
      return "failed";
    case ExitSight::kReset:
      return "reset";
    case ExitSight::kClosed:
      return "closed";
  }
  PINPROOF_CHECK(false, "an exit's sight {}", static_cast<int>(sight));
}

std::string describe(const Headers& headers) {
  std::string text = "[";
  for (const auto field : headers) {
    if (text.size() > 1) text += "; ";
    text.append(field.name).append(": ").append(field.value);
  }
  return text += ']';
}

std::string describe(const Effect& effect) {
  return std::visit(
      [](const auto& each) {
        using T = std::decay_t<decltype(each)>;
        const auto request = static_cast<std::uint64_t>(each.request);
        if constexpr (std::is_same_v<T, Forward>) {
          return fmt::format("effect forward request {} to exit {} attempt {}", request, index_of(each.exit),
                             each.attempt);
        } else if constexpr (std::is_same_v<T, Reply>) {
          return fmt::format("effect reply request {} {} {} bytes {}{}", request, each.head.status,
                             describe(each.head.headers), each.body.size(), each.close ? " close" : "");
        } else if constexpr (std::is_same_v<T, Relay>) {
          return fmt::format("effect relay request {} {}", request, describe(each.added));
        } else if constexpr (std::is_same_v<T, Intercept>) {
          return fmt::format("effect intercept request {} {}", request, describe(each.added));
        } else if constexpr (std::is_same_v<T, Abort>) {
          return fmt::format("effect abort request {}", request);
        } else {
          return fmt::format("effect cancel request {}", request);
        }
      },
      effect);
}

}  // namespace pinproof::sim
