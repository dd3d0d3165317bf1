// Plays seeded stories of the whole service: "simulate --seeds 1-200". A seed that fails is played again with
// its trace; "simulate --seed 17" plays one so at once.
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string_view>

#include "simulation/simulation.hpp"

namespace tongdai::simulation {
namespace {

struct Order {
  std::uint64_t from = 1, to = 20;
  bool traces = false;
};

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Order> read(int argc, char** argv) {
  Order order;
  if (argc == 1) return order;
  if (argc != 3) return std::nullopt;
  const std::string_view option(argv[1]), value(argv[2]);
  const auto dash = value.find('-');
  const auto from = number(value.substr(0, dash));
  const auto to = dash == std::string_view::npos ? from : number(value.substr(dash + 1));
  if (!from || !to || *from > *to) return std::nullopt;
  order = {*from, *to, option == "--seed"};
  if (option != "--seeds" && (option != "--seed" || from != to)) return std::nullopt;
  return order;
}

void tell(std::uint64_t seed, const Ending& ending) {
  for (const std::string& v : ending.violations) fmt::print("seed {}: {}\n", seed, v);
  std::fflush(stdout);
}

int run(const Order& order) {
  test::WholeService prepared;
  prepare(prepared);
  const auto pattern = prepared.into_pattern();
  // What comes out by the seed alone must do so twice.
  if (!order.traces) {
    const Story first{order.from};
    if (play(first, pattern).digest != play(first, pattern).digest) {
      fmt::print("seed {} does not play twice in the same way\n", order.from);
      return 1;
    }
  }
  std::uint64_t failed = 0;
  std::int64_t cases = 0, in = 0, out = 0, crashes = 0;
  double slowest_s = 0;
  const auto began = std::chrono::steady_clock::now();
  for (std::uint64_t seed = order.from; seed <= order.to; ++seed) {
    const auto start = std::chrono::steady_clock::now();
    const Ending ending = play({seed, 200, order.traces}, pattern);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    slowest_s = std::max(slowest_s, took.count());
    cases += ending.cases, in += ending.texts_in, out += ending.texts_out, crashes += ending.crashes;
    if (ending.violations.empty()) continue;
    ++failed;
    if (!order.traces) (void)play({seed, 200, true}, pattern);
    tell(seed, ending);
  }
  const std::chrono::duration<double> all = std::chrono::steady_clock::now() - began;
  fmt::print(
      "{} seeds, {} failed: {} cases, {} texts in, {} out, {} crashes; {:.0f} s, the slowest {:.2f} s\n",
      order.to - order.from + 1, failed, cases, in, out, crashes, all.count(), slowest_s);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tongdai::simulation

int main(int argc, char** argv) {
  const auto order = tongdai::simulation::read(argc, argv);
  if (!order) {
    std::fputs("usage: simulate [--seeds FROM-TO | --seed N]\n", stderr);
    return 2;
  }
  return tongdai::simulation::run(*order);
}
