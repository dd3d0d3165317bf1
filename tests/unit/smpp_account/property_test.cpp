#include <map>
#include <random>

#include "unit/smpp_account/account_kit.hpp"

namespace tongdai::gateway::smpp {
namespace {

/// A centre and a network that do anything at any time.
class Chaos {
 public:
  explicit Chaos(std::uint64_t seed) : dice_(seed), kit_(settings(seed)) {}

  void live(int steps) {
    kit_.account.start(kit_.now);
    kit_.collect();
    for (int n = 0; n < steps; ++n) step();
    kit_.stop();
    kit_.pass(AccountKit::settings().drain_max + 1s);
  }

  void hold_the_books() const {
    EXPECT_EQ(kit_.stopped, 1);
    std::map<std::int64_t, int> ends;
    for (const SubmitResult& r : kit_.results) ++ends[r.id.value];
    EXPECT_EQ(ends.size(), static_cast<std::size_t>(last_id_));
    for (const auto& [id, count] : ends) EXPECT_EQ(count, 1) << "message " << id;
    for (const SubmitResult& r : kit_.results) {
      const bool seen = seen_.contains(r.id.value);
      if (r.outcome == Outcome::unreachable) EXPECT_FALSE(seen) << "it left, and is called unreachable";
      if (r.outcome == Outcome::accepted) EXPECT_TRUE(seen);
    }
  }

 private:
  static AccountSettings settings(std::uint64_t seed) {
    AccountSettings made = AccountKit::settings(1 + seed % 3);
    if (seed % 2 == 0) made.rate_parts_per_s = static_cast<int>(1 + seed % 50);
    return made;
  }
  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(dice_);
  }

  void step() {
    const BindIndex bind = pick(kit_.account.binds());
    switch (pick(12)) {
      case 0:
        return kit_.account.connected(bind, kit_.now), kit_.collect();
      case 1:
        return pick(4) == 0 ? kit_.drop(bind) : void();
      case 2:
        return kit_.pass(Duration{static_cast<Duration::rep>(pick(15'000))});
      case 3:
      case 4:
        return submit();
      default:
        return answer(bind);
    }
  }

  void submit() {
    std::vector<std::int64_t> ids;
    for (std::size_t n = pick(8); n > 0; --n) ids.push_back(++last_id_);
    kit_.submit(ids, std::string(pick(3) == 0 ? 500 : 20, 'a'));
  }

  void answer(BindIndex bind) {
    if (kit_.written(bind) == 0) return;
    const Decoded asked = kit_.next_pdu(bind);
    if (std::holds_alternative<Bind>(asked.pdu))
      return kit_.answer(bind, asked.sequence, BindResp{}, pick(5) == 0 ? status::bind_failed : status::ok);
    if (std::holds_alternative<Unbind>(asked.pdu)) return kit_.answer(bind, asked.sequence, UnbindResp{});
    const auto* const text = std::get_if<SubmitSm>(&asked.pdu);
    if (!text) return;
    seen_.insert({std::stoll(text->destination.value.substr(4)) - 1'000'000, 1});
    switch (pick(8)) {
      case 0:
        return kit_.refuse(bind, asked, status::throttled);
      case 1:
        return kit_.refuse(bind, asked, 0x0b);
      case 2:
        return;  // never
      default:
        return kit_.accept(bind, asked, std::to_string(++last_ref_));
    }
  }

  std::mt19937_64 dice_;
  AccountKit kit_;
  std::int64_t last_id_ = 0;
  int last_ref_ = 0;
  std::map<std::int64_t, int> seen_;
};

TEST(AccountProperty, EveryMessageHasOneEndWhateverHappens) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chaos chaos(seed);
    chaos.live(400);
    chaos.hold_the_books();
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace tongdai::gateway::smpp
