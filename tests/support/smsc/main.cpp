#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <string>

#include "support/smsc/centre.hpp"
#include "support/smsc/control.hpp"

namespace {

using namespace tongdai;

constexpr int exit_no_start = 1;

int complain(const Error& error) {
  fmt::print(stderr, "smsc: {}\n", error.what);
  return exit_no_start;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"smsc: a message centre on 127.0.0.1 that speaks SMPP 3.4, for tests and measures"};
  smsc::Options options;
  std::uint16_t control_port = 0;
  unsigned receipt_delay_ms = 0;
  app.add_option("--port", options.port, "for SMPP; 0: any that is free")->capture_default_str();
  app.add_option("--control", control_port, "for JSON, a line each way; 0: any that is free")
      ->capture_default_str();
  app.add_option("--log", options.log, "a line for every message: at_us, recipient, text, with tabs between");
  app.add_option("--system-id", options.system_id, "that a bind must give")->required();
  app.add_option("--password", options.password, "that a bind must give")->required();
  app.add_flag("--receipts", options.receipts, "give receipts to those who ask for them");
  app.add_option("--receipt-delay-ms", receipt_delay_ms, "between a submit and its receipt")
      ->capture_default_str();
  app.add_option("--seed", options.faults.seed, "of the faults")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  options.receipt_delay = std::chrono::milliseconds(receipt_delay_ms);

  boost::asio::io_context loop(1);
  auto centre = smsc::Centre::open(loop.get_executor(), options);
  if (!centre) return complain(centre.error());
  auto control = smsc::Control::open(loop.get_executor(), control_port, **centre);
  if (!control) return complain(control.error());

  boost::asio::signal_set signals(loop, SIGTERM, SIGINT);
  signals.async_wait([&](boost::system::error_code, int) {
    (*control)->close();
    (*centre)->close();
  });
  fmt::print("{{\"port\": {}, \"control\": {}}}\n", (*centre)->port(), (*control)->port());
  std::fflush(stdout);
  loop.run();
  if (const auto flushed = (*centre)->flush(); !flushed) return complain(flushed.error());
  return 0;
}
