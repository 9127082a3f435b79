// A certificate authority of the lab's own, made anew at each start and kept in memory: clients trust it by its certificate, and any host
// that a scenario thinks of has one in its name.
#pragma once

#include <openssl/types.h>

#include <map>
#include <memory>
#include <string>

namespace pinproof::mock_upstream {

struct OpensslFree {
  void operator()(X509* certificate) const;
  void operator()(EVP_PKEY* key) const;
  void operator()(SSL_CTX* context) const;
};
using Certificate = std::unique_ptr<X509, OpensslFree>;
using PrivateKey = std::unique_ptr<EVP_PKEY, OpensslFree>;

class LabCa {
 public:
  /// Throws std::runtime_error when OpenSSL cannot: the environment is broken.
  LabCa();

  /// What clients have to trust.
  const std::string& certificate_pem() const { return pem_; }
  X509* certificate() const { return certificate_.get(); }

  /// A server's certificate for `host`, a name or an IPv4 address, valid as long as the CA; made when first asked for. Null when the
  /// host is none that a certificate can hold. Stays valid until the next call.
  X509* issue(const std::string& host);
  /// The key of all that were issued.
  EVP_PKEY* server_key() const { return server_key_.get(); }

  /// Certificates that are kept; a lab meets a host for every request through a tunnel.
  static constexpr std::size_t kIssuedMax = 4096;

 private:
  PrivateKey key_;
  Certificate certificate_;
  std::string pem_;
  PrivateKey server_key_;
  std::map<std::string, Certificate> issued_;
};

}  // namespace pinproof::mock_upstream
