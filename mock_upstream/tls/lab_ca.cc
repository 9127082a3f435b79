#include "mock_upstream/tls/lab_ca.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <stdexcept>

#include "sim/http/target.h"

namespace pinproof::mock_upstream {
namespace {

constexpr long kBeforeSeconds = -3600;           // clocks of clients in other containers may be behind
constexpr long kAfterSeconds = 30L * 24 * 3600;  // a lab seldom runs for long
constexpr std::size_t kHostMax = 253;
constexpr std::size_t kCommonNameMax = 64;

void require(bool good, const char* what) {
  if (good) return;
  std::array<char, 256> words{};
  ERR_error_string_n(ERR_get_error(), words.data(), words.size());
  throw std::runtime_error(std::string("the lab's CA: ") + what + ": " + words.data());
}

PrivateKey make_key() {
  PrivateKey key(EVP_EC_gen("P-256"));
  require(key != nullptr, "cannot make a key");
  return key;
}

void add_extension(X509* certificate, X509* issuer, int which, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, which, value.c_str());
  require(extension != nullptr, "cannot make an extension");
  const int added = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  require(added == 1, "cannot add an extension");
}

Certificate begin(const std::string& name, EVP_PKEY* key) {
  Certificate certificate(X509_new());
  require(certificate != nullptr, "cannot make a certificate");
  std::array<unsigned char, 16> serial{};
  require(RAND_bytes(serial.data(), static_cast<int>(serial.size())) == 1, "no random numbers");
  serial[0] &= 0x7fU;  // a serial number is positive
  BIGNUM* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
  require(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get())) != nullptr, "no serial number");
  BN_free(number);
  X509_set_version(certificate.get(), X509_VERSION_3);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), kBeforeSeconds);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kAfterSeconds);
  X509_set_pubkey(certificate.get(), key);
  const std::string common = name.substr(0, kCommonNameMax);
  const auto* bytes = reinterpret_cast<const unsigned char*>(common.data());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC, bytes,
                             static_cast<int>(common.size()), -1, 0);
  return certificate;
}

// What stands in a DNS name, so that nothing of a peer's is read as more of an extension.
bool is_host(const std::string& host) {
  if (host.empty() || host.size() > kHostMax) return false;
  for (const char c : host) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    if (!good) return false;
  }
  return true;
}

// What clients look for: they compare an address with addresses only, a name with names.
std::string alternative_name(const std::string& host) {
  ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str());
  const bool is_address = address != nullptr;
  ASN1_OCTET_STRING_free(address);
  ERR_clear_error();
  return (is_address ? "IP:" : "DNS:") + host;
}

}  // namespace

void OpensslFree::operator()(X509* certificate) const { X509_free(certificate); }
void OpensslFree::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
void OpensslFree::operator()(SSL_CTX* context) const { SSL_CTX_free(context); }

LabCa::LabCa() : key_(make_key()), certificate_(begin("pinproof lab CA", key_.get())), server_key_(make_key()) {
  X509* certificate = certificate_.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
  require(X509_sign(certificate, key_.get(), EVP_sha256()) > 0, "cannot sign");

  BIO* memory = BIO_new(BIO_s_mem());
  require(memory != nullptr && PEM_write_bio_X509(memory, certificate) == 1, "cannot write its certificate");
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory, &text);
  pem_.assign(text, static_cast<std::size_t>(size));
  BIO_free(memory);
}

X509* LabCa::issue(const std::string& host) {
  const std::string name = sim::comparable_host(host);
  if (!is_host(name)) return nullptr;
  if (const auto found = issued_.find(name); found != issued_.end()) return found->second.get();
  if (issued_.size() >= kIssuedMax) issued_.clear();
  Certificate certificate = begin(name, server_key_.get());
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
  add_extension(certificate.get(), certificate_.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate.get(), certificate_.get(), NID_key_usage, "critical,digitalSignature");
  add_extension(certificate.get(), certificate_.get(), NID_ext_key_usage, "serverAuth");
  add_extension(certificate.get(), certificate_.get(), NID_subject_alt_name, alternative_name(name));
  add_extension(certificate.get(), certificate_.get(), NID_authority_key_identifier, "keyid");
  require(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0, "cannot sign");
  return issued_.emplace(name, std::move(certificate)).first->second.get();
}

}  // namespace pinproof::mock_upstream
