#include "conformance/live/answer_reader.h"

#include <algorithm>
#include <utility>

namespace pinproof::conformance {

using mock_upstream::CodecEvent;
using mock_upstream::CodecStep;
using mock_upstream::WireFault;

void AnswerReader::expect(To to, std::size_t kept) {
  to_ = to;
  kept_ = kept;
  head_came_ = false;
  ended_ = false;
  keep_alive_ = true;
  head_ = {};
  body_bytes_ = 0;
  digest_ = sim::Digest();
  text_.clear();
  fault_.clear();
  codec_.restart(to == To::kHead);
}

AnswerReader::Said AnswerReader::next() {
  const Said said = ended_ ? Said::kMore : head_came_ ? read_body() : read_head();
  if (begin_ == unread_.size()) {
    unread_.clear();
    begin_ = 0;
  }
  return said;
}

AnswerReader::Said AnswerReader::read_head() {
  while (true) {
    const CodecStep step = codec_.step(std::string_view(unread_).substr(begin_));
    begin_ += step.consumed;
    if (step.event == CodecEvent::kFailed) {
      return fail(codec_.fault() == WireFault::kHeadTooLarge ? "the head of the answer is too large"
                                                             : "the answer is no HTTP: " + codec_.complaint());
    }
    if (step.event == CodecEvent::kNeedMore) {
      if (!closed_) return Said::kMore;
      return fail(codec_.between_messages() && begin_ == unread_.size() ? "closed without an answer"
                                                                        : "closed inside the head of the answer");
    }
    if (step.event == CodecEvent::kEnd) {
      codec_.restart(to_ == To::kHead);
      continue;
    }
    constexpr int kSwitching = 101;
    const int status = codec_.head().status;
    if (status >= 100 && status < 200 && status != kSwitching) continue;
    keep_alive_ = codec_.facts().keep_alive;
    head_ = codec_.take_head();
    head_came_ = true;
    return Said::kHead;
  }
}

AnswerReader::Said AnswerReader::read_body() {
  if (to_ == To::kConnect && head_.status / 100 == 2) return end();
  while (true) {
    CodecStep step = codec_.step(std::string_view(unread_).substr(begin_));
    begin_ += step.consumed;
    switch (step.event) {
      case CodecEvent::kBody:
        body_bytes_ += step.body.size();
        digest_.add(step.body);
        text_.append(step.body.substr(0, std::min(step.body.size(), kept_ - std::min(kept_, text_.size()))));
        break;
      case CodecEvent::kEnd:
        return end();
      case CodecEvent::kFailed:
        return fail("the body of the answer is broken: " + codec_.complaint());
      case CodecEvent::kHead:
      case CodecEvent::kNeedMore:
        if (!closed_) return Said::kMore;
        step = codec_.finish();
        return step.event == CodecEvent::kEnd ? end() : fail("closed inside the body of the answer");
    }
  }
}

AnswerReader::Said AnswerReader::end() {
  ended_ = true;
  return Said::kEnd;
}

AnswerReader::Said AnswerReader::fail(std::string why) {
  ended_ = true;
  keep_alive_ = false;
  fault_ = std::move(why);
  return Said::kFault;
}

std::string AnswerReader::take_rest() {
  std::string rest = unread_.substr(begin_);
  unread_.clear();
  begin_ = 0;
  return rest;
}

}  // namespace pinproof::conformance
