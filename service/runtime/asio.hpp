#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tongdai {

namespace asio = boost::asio;

/// The one completion token: errors come back as values, so that no co_await stands in a catch.
inline constexpr auto tok = asio::as_tuple(asio::use_awaitable);

namespace runtime {

/// Whether this task was told to end. A cancellation that comes while the task waits for something deaf to it
/// (a commit) is not told again to its next wait, nor to waits joined by `||`: a loop asks before it waits.
[[nodiscard]] inline asio::awaitable<bool> told_to_end() {
  co_return (co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none;
}

}  // namespace runtime
}  // namespace tongdai
