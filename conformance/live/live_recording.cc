// What a live target writes down, and in which order.
#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "conformance/live/journal_records.h"
#include "conformance/live/live_session.h"

namespace pinproof::conformance {

// What was answered at one instant has no order that means anything; numbered by id, it is the same in every run. A number given late
// claims less than was seen, and never more.
void LiveTarget::Session::order_answers() {
  for (const std::uint64_t id : std::exchange(to_order_, {})) {
    if (const auto request = requests_.find(id); request != requests_.end()) {
      request->second.answered_order = ++order_;
    } else if (const auto ended = ended_.find(id); ended != ended_.end()) {
      if (ended->second.answered_order == 0) ended->second.answered_order = ++order_;
    } else if (const auto call = ended_calls_.find(id); call != ended_calls_.end()) {
      call->second.answered_order = ++order_;
    }
  }
}

void LiveTarget::Session::read_journal() {
  if (inside_.upstreams == nullptr) return;
  for (const mock_upstream::JournalEntry& entry : inside_.upstreams->journal(inside_.journal_read)) {
    inside_.journal_read = entry.sequence + 1;
    if (const auto* const saw = std::get_if<mock_upstream::OriginSaw>(&entry.saw)) {
      origin_saw_from_[saw->token] = saw->from;
    }
    records_.push_back(record_of(entry, inside_.credentials, inside_.timeline.of_upstreams(entry.at)));
  }
}

void LiveTarget::Session::record_ended() {
  order_answers();
  for (const auto& [at, id] : std::exchange(ended_at_, {})) {
    if (auto call = ended_calls_.extract(id); !call.empty()) {
      records_.emplace_back(std::move(call.mapped()));
      continue;
    }
    Request request = std::move(ended_.extract(id).mapped());
    std::string exit = std::move(request.exit_echoed);
    if (auto from = origin_saw_from_.extract(request.flight.seen().token); !from.empty()) {
      exit = std::move(from.mapped());
    }
    Observation seen = request.flight.finish(std::move(exit));
    seen.sent_order = request.sent_order;
    seen.answered_order = request.answered_order;
    records_.emplace_back(std::move(seen));
  }
}

void LiveTarget::Session::take(std::vector<Record>& records) {
  const auto hand_over = [&] {
    record_ended();
    std::move(records_.begin(), records_.end(), std::back_inserter(records));
    records_.clear();
  };
  try {
    read_journal();
  } catch (const ControlLost&) {
    hand_over();
    throw;
  }
  hand_over();
}

void LiveTarget::Session::complete_journals() {
  read_journal();
  record_ended();
  if (inside_.upstreams != nullptr) records_.emplace_back(JournalComplete{now()});
}

}  // namespace pinproof::conformance
