#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "gateway_adapters/smpp/account/account.hpp"
#include "gateway_adapters/smpp/link/options.hpp"
#include "runtime/signal.hpp"
#include "runtime/task_group.hpp"

/// SMPP 3.4 over TCP or TLS: an account's state machine with sockets and a clock.
namespace tongdai::gateway::smpp {

class Smpp final : public Gateway {
 public:
  Smpp(const Settings& settings, Options options, const Context& context);
  ~Smpp() override;

  [[nodiscard]] const Capabilities& capabilities() const noexcept override { return capabilities_; }
  void start(Events& events) override;
  void submit(std::span<const Submission> batch) override;
  [[nodiscard]] std::size_t window() const noexcept override { return window_; }
  void stop(std::move_only_function<void()> done) override;

 private:
  class Bind;

  /// Does what the account wants; what it tells is told in a turn of the loop's own.
  void perform();
  void perform(AccountAction& action);
  void tell();
  void tell(AccountAction& action);
  void note(const Note& note);
  asio::awaitable<void> keep_time();
  asio::awaitable<void> finish();

  std::string name_;
  Endpoint endpoint_;
  Capabilities capabilities_;
  std::size_t window_;
  asio::any_io_executor loop_;
  const Clock& clock_;
  runtime::Sleeper& sleeper_;
  Log& log_;
  Account account_;
  std::vector<std::unique_ptr<Bind>> binds_;
  runtime::TaskGroup tasks_;
  runtime::Signal earlier_;             ///< the next timer is before the one that is waited for
  std::optional<MonoTime> waited_for_;  ///< by keep_time
  Events* events_ = nullptr;
  std::deque<AccountAction> to_tell_;
  bool telling_ = false;  ///< a turn is planned
  std::move_only_function<void()> done_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  ///< what is planned finds nothing once it is gone
};

/// [gateway.smpp]: see docs/gateways.md.
[[nodiscard]] std::unique_ptr<Gateway> make(const Settings& settings, config::Reader& own,
                                            const Context& context);

}  // namespace tongdai::gateway::smpp
