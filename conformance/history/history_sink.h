// Where a history goes as it is made: to a file, to the judge, to memory, or to several of them. A source gives the header once,
// then each record, so that a long history need not be kept.
#pragma once

#include <utility>
#include <vector>

#include "conformance/history/history.h"

namespace pinproof::conformance {

class HistorySink {
 public:
  virtual ~HistorySink() = default;
  virtual void header(const HistoryHeader& header) = 0;
  virtual void record(const Record& record) = 0;
};

/// Keeps the whole history.
class HistoryKeeper final : public HistorySink {
 public:
  void header(const HistoryHeader& header) override { history_.header = header; }
  void record(const Record& record) override { history_.records.push_back(record); }

  const History& history() const { return history_; }
  History take() { return std::move(history_); }

 private:
  History history_;
};

}  // namespace pinproof::conformance
