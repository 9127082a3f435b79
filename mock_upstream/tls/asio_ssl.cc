// Asio's TLS code, compiled here and nowhere else: a client in tests that shares nothing with our own TLS.
#include <boost/asio/ssl/impl/src.hpp>
