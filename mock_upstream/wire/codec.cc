#include "mock_upstream/wire/codec.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>
#include <type_traits>
#include <utility>

#include "sim/core/check.h"

namespace pinproof::mock_upstream {
namespace {

namespace http = boost::beast::http;
using BeastError = boost::beast::error_code;
using Text = boost::beast::string_view;

std::string_view view(Text text) { return {text.data(), text.size()}; }

// Beast's parser, without its containers: fields go where the project keeps them, and a body's pieces nowhere.
template <class Head>
class Parser final : public http::basic_parser<std::is_same_v<Head, sim::RequestHead>> {
 public:
  explicit Parser(bool bodiless) {
    this->body_limit(boost::none);          // bodies stream; whoever keeps one limits it
    this->header_limit(~std::uint32_t{0});  // counted by the codec, which sees the whole head and not a piece
    this->skip(bodiless);
  }

  Head head;
  std::string_view body;
  bool body_seen = false;
  bool http_1_1 = true;

 private:
  void on_request_impl(http::verb, Text method, Text target, int version, BeastError&) override {
    if constexpr (std::is_same_v<Head, sim::RequestHead>) {
      head.method = view(method);
      head.target = view(target);
    }
    http_1_1 = version >= 11;
  }
  void on_response_impl(int status, Text, int version, BeastError&) override {
    if constexpr (std::is_same_v<Head, sim::ResponseHead>) head.status = status;
    http_1_1 = version >= 11;
  }
  void on_field_impl(http::field, Text name, Text value, BeastError& error) override {
    if (this->is_header_done()) return;  // a trailer, which may be dropped (RFC 9110, 6.5.1)
    if (name.size() > kFieldMax || value.size() > kFieldMax) {
      error = http::error::header_limit;
      return;
    }
    head.headers.add(view(name), view(value));
  }
  void on_header_impl(BeastError&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const&, BeastError&) override {}
  std::size_t on_body_impl(Text piece, BeastError&) override { return keep(piece); }
  void on_chunk_header_impl(std::uint64_t, Text, BeastError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text piece, BeastError&) override { return keep(piece); }
  void on_finish_impl(BeastError&) override {}

  std::size_t keep(Text piece) {
    body = view(piece);
    body_seen = true;
    return piece.size();
  }

  static constexpr std::size_t kFieldMax = 65'535;  // what sim::Headers holds
};

WireFault fault_of(const BeastError& error) {
  if (error == http::error::header_limit) return WireFault::kHeadTooLarge;
  if (error == http::error::partial_message) return WireFault::kTruncated;
  return WireFault::kMalformed;
}

}  // namespace

template <class Head>
struct Codec<Head>::Reading {
  explicit Reading(std::size_t head_bytes_max_in) : head_bytes_max(head_bytes_max_in) { parser.emplace(false); }

  CodecStep fail(WireFault with, std::string words) {
    fault = with;
    complaint = std::move(words);
    return {CodecEvent::kFailed, 0, {}};
  }
  CodecStep fail(const BeastError& error) { return fail(fault_of(error), error.message()); }

  CodecStep head_done(std::size_t consumed) {
    if constexpr (std::is_same_v<Head, sim::RequestHead>) {
      if (parser->head.headers.has("Transfer-Encoding") && !parser->chunked()) {
        return fail(WireFault::kUnsupportedCoding, "a transfer coding that does not end in chunked");
      }
    }
    facts.http_1_1 = parser->http_1_1;
    facts.keep_alive = parser->keep_alive();
    facts.length = 0;
    facts.framing = BodyFraming::kNone;
    if (!parser->is_done()) {
      if (parser->chunked()) {
        facts.framing = BodyFraming::kChunked;
      } else if (parser->need_eof()) {
        facts.framing = BodyFraming::kUntilClose;
      } else if (const auto length = parser->content_length()) {
        facts.framing = BodyFraming::kLength;
        facts.length = *length;
      }
    }
    head_known = true;
    return {CodecEvent::kHead, consumed, {}};
  }

  std::optional<Parser<Head>> parser;
  std::size_t head_bytes_max;
  std::size_t head_bytes = 0;
  HeadFacts facts;
  bool head_known = false;
  WireFault fault = WireFault::kNone;
  std::string complaint;
};

template <class Head>
Codec<Head>::Codec(std::size_t head_bytes_max) : reading_(std::make_unique<Reading>(head_bytes_max)) {}
template <class Head>
Codec<Head>::~Codec() = default;
template <class Head>
Codec<Head>::Codec(Codec&&) noexcept = default;
template <class Head>
Codec<Head>& Codec<Head>::operator=(Codec&&) noexcept = default;

template <class Head>
void Codec<Head>::restart(bool bodiless) {
  Reading& reading = *reading_;
  reading.parser.emplace(bodiless);
  reading.head_bytes = 0;
  reading.facts = {};
  reading.head_known = false;
  reading.fault = WireFault::kNone;
}

template <class Head>
CodecStep Codec<Head>::step(std::string_view bytes) {
  Reading& reading = *reading_;
  PINPROOF_CHECK(reading.fault == WireFault::kNone, "a step after a fault: {}", reading.complaint);
  Parser<Head>& parser = *reading.parser;
  std::size_t consumed = 0;
  while (true) {
    if (parser.is_done() && reading.head_known) return {CodecEvent::kEnd, consumed, {}};
    const std::string_view rest = bytes.substr(consumed);
    if (rest.empty()) return {CodecEvent::kNeedMore, consumed, {}};
    BeastError error;
    parser.body_seen = false;
    const std::size_t used = parser.put({rest.data(), rest.size()}, error);
    consumed += used;
    if (error && error != http::error::need_more) return reading.fail(error);
    if (!reading.head_known) {
      // What is left is of the head too, unless it is done; and then it must not have been too much either.
      reading.head_bytes += used;
      const std::size_t seen = reading.head_bytes + (parser.is_header_done() ? 0 : rest.size() - used);
      if (seen > reading.head_bytes_max) return reading.fail(WireFault::kHeadTooLarge, "the head is too large");
      if (parser.is_header_done()) return reading.head_done(consumed);
    }
    if (parser.body_seen && !parser.body.empty()) return {CodecEvent::kBody, consumed, parser.body};
    if (error == http::error::need_more) return {CodecEvent::kNeedMore, consumed, {}};
  }
}

template <class Head>
CodecStep Codec<Head>::finish() {
  Reading& reading = *reading_;
  if (!reading.parser->got_some()) return reading.fail(WireFault::kTruncated, "nothing came");
  BeastError error;
  if (!reading.parser->is_done()) reading.parser->put_eof(error);
  if (error) return reading.fail(error);
  return {CodecEvent::kEnd, 0, {}};
}

template <class Head>
bool Codec<Head>::between_messages() const {
  return !reading_->parser->got_some();
}

template <class Head>
const Head& Codec<Head>::head() const {
  return reading_->parser->head;
}

template <class Head>
Head Codec<Head>::take_head() {
  return std::move(reading_->parser->head);
}

template <class Head>
const HeadFacts& Codec<Head>::facts() const {
  return reading_->facts;
}

template <class Head>
WireFault Codec<Head>::fault() const {
  return reading_->fault;
}

template <class Head>
const std::string& Codec<Head>::complaint() const {
  return reading_->complaint;
}

template class Codec<sim::RequestHead>;
template class Codec<sim::ResponseHead>;

}  // namespace pinproof::mock_upstream
