#include "mock_upstream/tls/lab_ca.h"

#include <gtest/gtest.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace pinproof::mock_upstream {
namespace {

int verify(LabCa& trusted, X509* certificate) {
  X509_STORE* store = X509_STORE_new();
  X509_STORE_add_cert(store, trusted.certificate());
  X509_STORE_CTX* context = X509_STORE_CTX_new();
  X509_STORE_CTX_init(context, store, certificate, nullptr);
  X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER);
  X509_verify_cert(context);
  const int result = X509_STORE_CTX_get_error(context);
  X509_STORE_CTX_free(context);
  X509_STORE_free(store);
  return result;
}

TEST(LabCa, IssuesWhatItsOwnCertificateVouchesFor) {
  LabCa ca;
  LabCa other;
  X509* certificate = ca.issue("t-7.Shop.origin.test.");
  ASSERT_NE(certificate, nullptr);
  EXPECT_EQ(verify(ca, certificate), X509_V_OK);
  EXPECT_NE(verify(other, certificate), X509_V_OK) << "every lab has a CA of its own";
  EXPECT_EQ(X509_check_host(certificate, "t-7.shop.origin.test", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(certificate, "shop.origin.test", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_check_private_key(certificate, ca.server_key()), 1);
  EXPECT_EQ(X509_check_ca(certificate), 0);
}

TEST(LabCa, IssuesOnceForAHost) {
  LabCa ca;
  X509* first = ca.issue("a.origin.test");
  EXPECT_EQ(ca.issue("A.origin.test"), first);
  EXPECT_NE(ca.issue("b.origin.test"), first);
}

TEST(LabCa, IssuesForAnAddress) {
  LabCa ca;
  X509* certificate = ca.issue("127.0.0.1");
  ASSERT_NE(certificate, nullptr);
  EXPECT_EQ(X509_check_ip_asc(certificate, "127.0.0.1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(certificate, "127.0.0.2", 0), 0);
}

TEST(LabCa, IssuesNothingForWhatIsNoHost) {
  LabCa ca;
  for (const std::string& host : {std::string(), std::string("a b"), std::string("a,DNS:b"), std::string("*.test"),
                                  std::string("a\0b", 3), std::string(254, 'a')}) {
    EXPECT_EQ(ca.issue(host), nullptr) << host;
  }
}

TEST(LabCa, ShowsItsCertificate) {
  LabCa ca;
  EXPECT_TRUE(ca.certificate_pem().starts_with("-----BEGIN CERTIFICATE-----\n"));
  EXPECT_TRUE(ca.certificate_pem().ends_with("-----END CERTIFICATE-----\n"));
}

}  // namespace
}  // namespace pinproof::mock_upstream
