// Asio's TLS code, compiled here and nowhere else.
#include <boost/asio/ssl/impl/src.hpp>
