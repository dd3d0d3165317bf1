#include "gateway_adapters/smpp/link/smpp.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace tongdai::gateway::smpp {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

}  // namespace

/// A bind's connection of the moment, if it has one.
class Smpp::Bind final : public Connection::Owner {
 public:
  Bind(Smpp& smpp, BindIndex index) : smpp_(smpp), index_(index) {}
  ~Bind() override { close(); }

  void connect() {
    connection_ = make_connection(smpp_.loop_, smpp_.endpoint_);
    connection_->open(*this);
  }
  void write(Bytes bytes) {
    if (connection_) connection_->write(std::move(bytes));
  }
  void close() {
    if (connection_) std::exchange(connection_, nullptr)->close();
  }

  void on_open() override {
    smpp_.account_.connected(index_, smpp_.clock_.monotonic());
    smpp_.perform();
  }
  void on_bytes(View bytes) override {
    smpp_.account_.received(index_, bytes, smpp_.clock_.monotonic());
    smpp_.perform();
  }
  void on_lost(const std::string& reason) override {
    connection_ = nullptr;
    smpp_.account_.disconnected(index_, reason, smpp_.clock_.monotonic());
    smpp_.perform();
  }

 private:
  Smpp& smpp_;
  BindIndex index_;
  std::shared_ptr<Connection> connection_;
};

Smpp::Smpp(const Settings& settings, Options options, const Context& context)
    : name_(settings.name),
      endpoint_(std::move(options.endpoint)),
      capabilities_(capabilities_of(options.account, settings.sender_is_discreet)),
      window_(window_of(options.account)),
      loop_(context.loop),
      clock_(context.clock),
      sleeper_(context.sleeper),
      log_(context.log),
      account_(std::move(options.account), std::hash<std::string>{}(settings.name)),
      tasks_(context.loop, context.log),
      earlier_(context.loop) {
  for (BindIndex i = 0; i < account_.binds(); ++i) binds_.push_back(std::make_unique<Bind>(*this, i));
  if (options.believes_anybody)
    log_.warning("tls_verify is false: the gateway believes whoever answers", {{"gateway", name_}});
}

Smpp::~Smpp() = default;

void Smpp::start(Events& events) {
  events_ = &events;
  tasks_.spawn("smpp timers", keep_time());
  account_.start(clock_.monotonic());
  perform();
}

void Smpp::submit(std::span<const Submission> batch) {
  account_.submit(batch, clock_.monotonic());
  perform();
}

void Smpp::stop(std::move_only_function<void()> done) {
  done_ = std::move(done);
  account_.stop(clock_.monotonic());
  perform();
}

void Smpp::perform() {
  for (AccountAction& action : account_.take()) perform(action);
  const auto next = account_.next_timer();
  if (next && (!waited_for_ || *next < *waited_for_)) earlier_.raise();
  if (to_tell_.empty() || std::exchange(telling_, true)) return;
  asio::post(loop_, [this, alive = std::weak_ptr(alive_)] {
    if (!alive.expired()) tell();
  });
}

void Smpp::perform(AccountAction& action) {
  std::visit(Overloaded{[this](const Connect& connect) { binds_[connect.bind]->connect(); },
                        [this](Write& write) { binds_[write.bind]->write(std::move(write.bytes)); },
                        [this](const Disconnect& gone) { binds_[gone.bind]->close(); },
                        [this](const Note& one) { note(one); },
                        [&](const auto&) { to_tell_.push_back(std::move(action)); }},
             action);
}

void Smpp::note(const Note& note) {
  const std::array fields{Field{"gateway", name_}, Field{"bind", note.bind}, Field{"reason", note.detail}};
  log_.write(note.level, note.event, std::span(fields).first(note.detail.empty() ? 2 : 3));
}

void Smpp::tell() {
  telling_ = false;
  std::deque<AccountAction> now;
  now.swap(to_tell_);
  for (AccountAction& action : now) tell(action);
}

void Smpp::tell(AccountAction& action) {
  // What came in may be answered at once or after the gateway is gone.
  const auto answer = [this](DeliveryToken token) {
    return [this, token, alive = std::weak_ptr(alive_)](bool stored) {
      if (alive.expired()) return;
      account_.answered(token, stored);
      perform();
    };
  };
  std::visit(
      Overloaded{[&](LinkIs& link) { events_->on_link(link.link, link.reason); },
                 [&](Told& told) { events_->on_result(std::move(told.result)); },
                 [&](ReceiptCame& came) { events_->on_receipt(std::move(came.receipt), answer(came.token)); },
                 [&](TextCame& came) { events_->on_inbound(std::move(came.inbound), answer(came.token)); },
                 [&](const Stopped&) { asio::co_spawn(loop_, finish(), asio::detached); },
                 [](const auto&) {}},
      action);
}

asio::awaitable<void> Smpp::keep_time() {
  using namespace asio::experimental::awaitable_operators;
  co_await asio::this_coro::throw_if_cancelled(false);
  for (;;) {
    waited_for_ = account_.next_timer();
    if (waited_for_) {
      (void)co_await (sleeper_.until(*waited_for_) || earlier_.wait());
    } else {
      (void)co_await earlier_.wait();
    }
    if (co_await runtime::told_to_end()) co_return;
    account_.tick(clock_.monotonic());
    perform();
  }
}

asio::awaitable<void> Smpp::finish() {
  // The group is what is being stopped, so this one stands outside it; it cannot throw.
  co_await tasks_.stop();
  auto done = std::exchange(done_, nullptr);
  done();
}

std::unique_ptr<Gateway> make(const Settings& settings, config::Reader& own, const Context& context) {
  auto options = read_options(settings, own);
  if (!options) return nullptr;
  return std::make_unique<Smpp>(settings, *std::move(options), context);
}

}  // namespace tongdai::gateway::smpp
