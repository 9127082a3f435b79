#include "conformance/run/exchange_lines.h"

#include <algorithm>
#include <string>
#include <utility>

#include "conformance/run/exchange_text.h"

namespace pinproof::conformance {
namespace {

bool same_deed(const ExitActed& left, const ExitActed& right) {
  return left.action == right.action && left.at == right.at && left.lasting == right.lasting &&
         left.count == right.count && left.delay == right.delay;
}

std::vector<reports::ExchangeLine> all_lines(const History& history, const std::set<std::uint64_t>& evidence) {
  std::vector<reports::ExchangeLine> lines;
  const auto add = [&](std::uint64_t id, Instant at, std::string text) {
    lines.push_back({id, sim::format_instant(at), std::move(text), id != 0 && evidence.contains(id)});
  };
  const ExitActed* first = nullptr;  // of a run of the same deed to several exits
  std::size_t exits = 0;
  for (const Record& record : history.records) {
    const auto* const acted = std::get_if<ExitActed>(&record);
    if (acted != nullptr && first != nullptr && same_deed(*first, *acted)) {
      lines.back().text = text_of(*first, ++exits);
      continue;
    }
    first = acted;
    exits = 1;
    if (const auto* const seen = std::get_if<Observation>(&record)) {
      add(seen->id, seen->sent_at, text_of(*seen, history.header.vocabulary));
    } else if (const auto* const call = std::get_if<ApiCall>(&record)) {
      add(call->id, call->sent_at, text_of(*call));
    } else if (acted != nullptr) {
      add(0, acted->at, text_of(*acted, 1));
    } else if (const auto* const trouble = std::get_if<Trouble>(&record)) {
      add(0, trouble->at, "the play stopped: " + trouble->what);
    }
  }
  return lines;
}

}  // namespace

std::vector<reports::ExchangeLine> exchange_lines(const History& history, const std::set<std::uint64_t>& evidence) {
  std::vector<reports::ExchangeLine> lines = all_lines(history, evidence);
  if (lines.size() <= kExchangesMax) return lines;
  std::vector<bool> shown(lines.size(), false);
  std::size_t count = 0;
  const auto show = [&](std::size_t i) {
    if (shown[i] || count == kExchangesMax) return;
    shown[i] = true;
    ++count;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].evidence) continue;
    for (std::size_t back = std::min(i, kExchangesBefore) + 1; back-- > 0;) show(i - back);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) show(i);

  std::vector<reports::ExchangeLine> kept;
  std::size_t left_out = 0;
  const auto say_left_out = [&] {
    if (left_out > 0) kept.push_back({0, "", "… " + std::to_string(left_out) + " more", false});
    left_out = 0;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!shown[i]) {
      ++left_out;
      continue;
    }
    say_left_out();
    kept.push_back(std::move(lines[i]));
  }
  say_left_out();
  return kept;
}

}  // namespace pinproof::conformance
