// What a centre keeps for a phone that is off must be void when the hours of its campaign end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <map>

#include "dispatch/dispatcher.hpp"
#include "outbox/claiming.hpp"
#include "support/engine_room.hpp"

namespace tongdai::dispatch {
namespace {

/// Takes everything at once and notes how long the centre may try.
class Centre final : public gateway::Gateway {
 public:
  explicit Centre(asio::any_io_executor loop) : loop_(std::move(loop)) {}
  [[nodiscard]] const gateway::Capabilities& capabilities() const noexcept override { return capabilities_; }
  void start(gateway::Events& events) override {
    events_ = &events;
    asio::post(loop_, [this] { events_->on_link(gateway::Link::up, ""); });
  }
  void submit(std::span<const gateway::Submission> batch) override {
    for (const auto& s : batch) {
      valid_for[s.id] = s.valid_for;
      asio::post(loop_, [this, id = s.id] {
        events_->on_result({id, gateway::Outcome::accepted, {"r" + to_string(id)}, {}, {}});
      });
    }
  }
  [[nodiscard]] std::size_t window() const noexcept override { return 100; }
  void stop(std::move_only_function<void()> done) override { asio::post(loop_, std::move(done)); }

  std::map<MessageId, Duration> valid_for;

 private:
  asio::any_io_executor loop_;
  gateway::Capabilities capabilities_;
  gateway::Events* events_ = nullptr;
};

/// Until the bulk takes them, as a blast does.
constexpr TimePoint kept_back = from_unix_ms(4'000'000'000'000);

class Validity : public ::testing::Test {
 protected:
  Validity() {
    gateway::Settings settings{"a", "sandbox", 1000, "19001234", true};
    std::vector<Fitted> fitted;
    auto gateway = std::make_unique<Centre>(room.loop.get_executor());
    centre = gateway.get();
    fitted.push_back({settings, std::move(gateway)});
    dispatcher = std::make_unique<Dispatcher>(std::move(fitted), std::vector<Route>{{{}, {}, {"a"}}},
                                              room.loop.get_executor(), room.time, room.time, room.log,
                                              room.writer(), messages);
    door = std::make_unique<outbox::Door>(outbox::DoorRules{}, dispatcher->routes(), room.ids);
    messages.set_door(*door);
    dispatcher->set_bulk([this](storage::Tx& tx, const outbox::BulkRoom& of, TimePoint now) {
      tx.run("UPDATE message SET not_before = $1 WHERE not_before = $2", now, kept_back);
      outbox::BulkTaken taken{
          outbox::claim(tx, messages, of.gateway, outbox::Lane::bulk, of.messages, of.parts, now)};
      for (auto& c : taken.claimed) c.closes_at = closes_at;
      return taken;
    });
  }
  ~Validity() override {
    room.run(dispatcher->stop(1s));
    room.run(tasks.stop());
  }
  /// For how long the centre may try a text of a campaign that ends in `lives` and closes in `open`.
  Duration tried(Duration lives, std::optional<Duration> open) {
    closes_at = open ? room.now() + *open : TimePoint::max();
    const auto id = room.on_database([&](storage::Tx& tx) {
      outbox::Draft draft;
      draft.to = Phone::stored("+84911000001");
      draft.text = "xin chao";
      draft.not_before = kept_back;
      draft.expires_at = room.now() + lives;
      return door->admit(tx, draft, room.now()).value();
    });
    room.run(dispatcher->start(tasks));
    room.time.advance(5s);
    EXPECT_TRUE(centre->valid_for.contains(id));
    return centre->valid_for[id];
  }

  test::EngineRoom room;
  outbox::Messages messages{room.ids};
  runtime::TaskGroup tasks{room.loop.get_executor(), room.log};
  Centre* centre = nullptr;
  std::unique_ptr<Dispatcher> dispatcher;
  std::unique_ptr<outbox::Door> door;
  TimePoint closes_at = TimePoint::max();
};

// A turn of the line may lie between the arranging and the submission.
constexpr Duration turn{2000};

TEST_F(Validity, EndsWithTheHoursOfTheCampaign) {
  const Duration d = tried(24h, 10min);
  EXPECT_LE(d, 10min);
  EXPECT_GE(d, 10min - turn);
}

TEST_F(Validity, EndsWithTheCampaignIfThatIsSooner) {
  const Duration d = tried(5min, 10min);
  EXPECT_LE(d, 5min);
  EXPECT_GE(d, 5min - turn);
}

TEST_F(Validity, OfWhatNeverClosesIsTheLifetime) {
  const Duration d = tried(24h, std::nullopt);
  EXPECT_LE(d, 24h);
  EXPECT_GE(d, 24h - turn);
}

TEST_F(Validity, IsNeverLessThanASecond) {
  EXPECT_EQ(tried(24h, Duration{0}), 1s);
}

}  // namespace
}  // namespace tongdai::dispatch
