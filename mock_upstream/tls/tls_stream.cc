#include "mock_upstream/tls/tls_stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <utility>

#include "mock_upstream/tls/ja3.h"

namespace pinproof::mock_upstream {
namespace {

// As much as one record holds; more would wait for the rest before it can be encrypted.
constexpr std::size_t kRecordBytesMax = 16UL << 10U;
// What an idle connection keeps; one that brings more gets a larger buffer.
constexpr std::size_t kReadBytesFirst = 2UL << 10U;
constexpr std::size_t kReadBytesMax = 16UL << 10U;

const Error kNotTls = make_error_code(boost::system::errc::protocol_error);

std::string md5_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr) != 1) return {};
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[digest[i] >> 4U];
    hex += kDigits[digest[i] & 15U];
  }
  return hex;
}

}  // namespace

void OpensslSessionFree::operator()(SSL* session) const { SSL_free(session); }

// Between OpenSSL and the two buffers: it reads what has come, and writes without end.
struct TlsStream::Bio {
  struct MethodFree {
    void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
  };

  static BIO* make(TlsStream* stream) {
    static const std::unique_ptr<BIO_METHOD, MethodFree> kMethod = make_method();
    BIO* bio = kMethod ? BIO_new(kMethod.get()) : nullptr;
    if (bio == nullptr) throw std::runtime_error("TLS: OpenSSL has no memory");
    BIO_set_data(bio, stream);
    BIO_set_init(bio, 1);
    return bio;
  }

 private:
  static std::unique_ptr<BIO_METHOD, MethodFree> make_method() {
    std::unique_ptr<BIO_METHOD, MethodFree> method(BIO_meth_new(BIO_TYPE_SOURCE_SINK, "pinproof stream"));
    if (!method) return method;
    BIO_meth_set_read(method.get(), &Bio::read);
    BIO_meth_set_write(method.get(), &Bio::write);
    BIO_meth_set_ctrl(method.get(), &Bio::control);
    return method;
  }
  static TlsStream& stream_of(BIO* bio) { return *static_cast<TlsStream*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* into, int size) {
    TlsStream& stream = stream_of(bio);
    BIO_clear_retry_flags(bio);
    const std::size_t there = std::min(stream.in_end_ - stream.in_begin_, static_cast<std::size_t>(std::max(size, 0)));
    if (there == 0) {
      BIO_set_retry_read(bio);
      return -1;
    }
    std::memcpy(into, stream.in_.data() + stream.in_begin_, there);
    stream.in_begin_ += there;
    return static_cast<int>(there);
  }
  static int write(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    if (size <= 0) return 0;
    stream_of(bio).out_.append(bytes, static_cast<std::size_t>(size));
    return size;
  }
  static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }
};

TlsStream::TlsStream(std::shared_ptr<Stream> under, SSL_CTX* context, std::string already_read)
    : under_(std::move(under)), session_(SSL_new(context)), in_(std::move(already_read)), in_end_(in_.size()) {
  if (!session_) throw std::runtime_error("TLS: OpenSSL cannot make a session");
  BIO* bio = Bio::make(this);
  SSL_set_bio(session(), bio, bio);
  SSL_set_mode(session(), SSL_MODE_RELEASE_BUFFERS);
  SSL_set_msg_callback(session(), &TlsStream::on_message);
  SSL_set_msg_callback_arg(session(), this);
}

TlsStream::~TlsStream() = default;

// OpenSSL's own list of a hello's extensions leaves out those that it does not know; this is the hello as it came.
void TlsStream::on_message(int written, int, int content_type, const void* bytes, std::size_t size, SSL*, void* self) {
  auto& stream = *static_cast<TlsStream*>(self);
  if (written != 0 || content_type != SSL3_RT_HANDSHAKE || !stream.fingerprint_.empty()) return;
  const auto text = ja3_text({static_cast<const char*>(bytes), size});
  if (text) stream.fingerprint_ = md5_hex(*text);
}

Task<std::string> TlsStream::handshake() {
  Error error;
  while (!error) {
    ERR_clear_error();
    const int done = SSL_do_handshake(session());
    const bool more = done != 1 && SSL_get_error(session(), done) == SSL_ERROR_WANT_READ;
    const std::string why = done == 1 || more ? std::string() : reason(Error());
    error = co_await flush();  // an alert too: the peer shall know what was wrong with it
    if (!why.empty()) co_return why;
    if (!error && done == 1) {
      SSL_set_msg_callback(session(), nullptr);
      co_return std::string();
    }
    if (!error) error = co_await fill();
  }
  co_return reason(error);
}

std::string TlsStream::reason(const Error& transport_error) const {
  const SSL* session = session_.get();
  if (transport_error == asio::error::eof) return "the peer closed during the handshake";
  if (transport_error) return transport_error.message();
  const long verified = SSL_get_verify_result(session);
  if ((SSL_get_verify_mode(session) & SSL_VERIFY_PEER) != 0 && verified != X509_V_OK) {
    return std::string("the certificate is refused: ") + X509_verify_cert_error_string(verified);
  }
  const char* words = ERR_reason_error_string(ERR_peek_last_error());
  return words == nullptr ? "the handshake failed" : words;
}

Task<IoResult> TlsStream::read_some(std::span<char> into) {
  Error error;
  std::size_t read = 0;
  while (!error) {
    ERR_clear_error();
    const bool good = SSL_read_ex(session(), into.data(), into.size(), &read) == 1;
    const int why = good ? SSL_ERROR_NONE : SSL_get_error(session(), 0);
    // What reading had to answer (a new key) or to complain of; a failure shows in the next write.
    if (!out_.empty() && !flushing_) co_await flush();
    if (good) break;
    if (why == SSL_ERROR_ZERO_RETURN) {
      error = asio::error::eof;
    } else if (why == SSL_ERROR_WANT_READ) {
      // Many peers just close, and so it is an eof here too: where a message ends is said by its own framing.
      error = co_await fill();
    } else {
      error = kNotTls;
    }
  }
  co_return IoResult(error, error ? 0 : read);
}

Task<IoResult> TlsStream::write(std::string_view bytes) {
  std::size_t written = 0;
  Error error = write_error_;
  while (!error && written < bytes.size()) {
    const std::string_view piece = bytes.substr(written, kRecordBytesMax);
    ERR_clear_error();
    std::size_t taken = 0;
    if (SSL_write_ex(session(), piece.data(), piece.size(), &taken) != 1) {
      error = kNotTls;
      break;
    }
    error = co_await flush();
    if (!error) written += taken;
  }
  co_return IoResult(error, written);
}

Task<> TlsStream::close_sending() {
  ERR_clear_error();
  SSL_shutdown(session());
  co_await flush();
  co_await under_->close_sending();
}

Task<Error> TlsStream::fill() {
  in_begin_ = in_end_ = 0;
  if (in_.size() < kReadBytesFirst) in_.resize(kReadBytesFirst);
  const auto [error, read] = co_await under_->read_some(std::span<char>(in_.data(), in_.size()));
  in_end_ = read;
  // A peer that fills the buffer has more to say; it is grown once that was taken.
  if (read == in_.size() && in_.size() < kReadBytesMax) in_.resize(std::min(2 * in_.size(), kReadBytesMax));
  co_return error;
}

// Reader and writer may both have something to send: one of them sends for both, and the other waits.
Task<Error> TlsStream::flush() {
  if (flushing_) {
    Wakeup done;
    waiting_to_flush_.push_back(&done);
    co_await done.wait();
    co_return write_error_;
  }
  flushing_ = true;
  while (!out_.empty() && !write_error_) {
    const std::string sending = std::exchange(out_, std::string());
    const auto [error, sent] = co_await under_->write(sending);
    write_error_ = error;
  }
  flushing_ = false;
  for (Wakeup* waiting : std::exchange(waiting_to_flush_, {})) waiting->fire();
  co_return write_error_;
}

}  // namespace pinproof::mock_upstream
