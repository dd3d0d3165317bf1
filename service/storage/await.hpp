#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <memory>
#include <utility>

#include "runtime/asio.hpp"

namespace tongdai::storage {

/// Suspends a coroutine until `start(done)` calls `done(exception_ptr)` on whatever thread; resumes it on its
/// own executor and throws what was handed over.
template <class Start>
[[nodiscard]] asio::awaitable<void> await_callback(Start start) {
  auto initiate = [&start](auto handler) {
    auto executor = asio::get_associated_executor(handler);
    auto held = std::make_shared<decltype(handler)>(std::move(handler));
    start([held, guard = asio::make_work_guard(executor)](std::exception_ptr error) mutable {
      asio::post(guard.get_executor(),
                 [held = std::move(held), error = std::move(error)] { std::move (*held)(error); });
      guard.reset();
    });
  };
  co_await asio::async_initiate<decltype(asio::use_awaitable), void(std::exception_ptr)>(initiate,
                                                                                         asio::use_awaitable);
}

}  // namespace tongdai::storage
