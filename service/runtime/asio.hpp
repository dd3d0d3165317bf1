#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tongdai {

namespace asio = boost::asio;

/// The one completion token: errors come back as values, so that no co_await stands in a catch.
inline constexpr auto tok = asio::as_tuple(asio::use_awaitable);

}  // namespace tongdai
