// What every file with input and output shares: the executor, coroutines, and errors as values.
//
// Everything in mock_upstream runs on one io_context in one thread; nothing here is locked. A coroutine takes its parameters by value,
// never throws for what a peer did, and is started by Tasks, which says so when one throws after all.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <tuple>

namespace pinproof::mock_upstream {

namespace asio = boost::asio;

/// Named, and not any_io_executor, so that a socket costs no indirection an operation.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Endpoint = asio::ip::tcp::endpoint;
using Address = asio::ip::address_v4;
using Error = boost::system::error_code;

template <class T = void>
using Task = asio::awaitable<T, Executor>;

/// Completion as values: co_await gives a tuple that begins with the Error.
inline constexpr auto kAsValues = asio::as_tuple(asio::use_awaitable_t<Executor>{});

/// Bytes moved, and why no more.
using IoResult = std::tuple<Error, std::size_t>;

}  // namespace pinproof::mock_upstream
