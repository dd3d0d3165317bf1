#include "support/smsc/control.hpp"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "support/smsc/centre.hpp"

namespace tongdai::smsc {

using asio::ip::tcp;
using nlohmann::json;

namespace {

constexpr std::size_t line_octets_max = 1024 * 1024;

json error(std::string what) {
  return {{"error", std::move(what)}};
}

json do_counters(const Centre& centre) {
  const Counters now = centre.counters();
  return {{"binds", now.binds},
          {"submits", now.submits},
          {"messages", now.messages},
          {"repeats", now.repeats},
          {"rejected", now.rejected},
          {"throttled", now.throttled},
          {"unanswered", now.unanswered},
          {"receipts", now.receipts},
          {"delivers", now.delivers},
          {"waiting", now.waiting},
          {"first_submit_us", now.first_submit_us},
          {"last_submit_us", now.last_submit_us}};
}

json do_deliver(Centre& centre, const json& asked) {
  const auto at = centre.deliver(asked.at("from").get<std::string>(), asked.at("to").get<std::string>(),
                                 asked.at("text").get<std::string>());
  if (!at) return error(at.error().what);
  return {{"at_us", *at}};
}

json do_flush(Centre& centre) {
  if (const auto flushed = centre.flush(); !flushed) return error(flushed.error().what);
  return {{"messages", centre.counters().messages}};
}

json do_faults(Centre& centre, const json& asked) {
  Faults faults;
  for (const auto& [name, value] : asked.items()) {
    if (name == "do") continue;
    if (name == "answer") {
      const auto answer = from_name<Answer>(value.get<std::string>());
      if (!answer) return error("faults: answer is one of accept, reject, silent, throttle");
      faults.answer = *answer;
    } else if (name == "seed") {
      faults.seed = value.get<std::uint64_t>();
    } else if (name == "reject_status") {
      faults.reject_status = value.get<std::uint32_t>();
    } else if (name == "rejected") {
      faults.rejected = value.get<double>();
    } else if (name == "throttled") {
      faults.throttled = value.get<double>();
    } else if (name == "unanswered") {
      faults.unanswered = value.get<double>();
    } else if (name == "without_id") {
      faults.without_id = value.get<double>();
    } else if (name == "receipts_twice") {
      faults.receipts_twice = value.get<double>();
    } else if (name == "receipts_first") {
      faults.receipts_first = value.get<double>();
    } else {
      return error(fmt::format("faults: there is none that is called {}", name));
    }
  }
  if (const auto set = centre.set_faults(faults); !set) return error(set.error().what);
  return {{"answer", name_of(faults.answer)},       {"seed", faults.seed},
          {"reject_status", faults.reject_status},  {"rejected", faults.rejected},
          {"throttled", faults.throttled},          {"unanswered", faults.unanswered},
          {"without_id", faults.without_id},        {"receipts_twice", faults.receipts_twice},
          {"receipts_first", faults.receipts_first}};
}

json answer_of(Centre& centre, const json& asked) {
  const auto what = asked.at("do").get<std::string>();
  if (what == "counters") return do_counters(centre);
  if (what == "deliver") return do_deliver(centre, asked);
  if (what == "drop") return {{"dropped", centre.drop_links()}};
  if (what == "flush") return do_flush(centre);
  if (what == "faults") return do_faults(centre, asked);
  return error(
      fmt::format("nothing is called {}: there are counters, deliver, drop, flush and faults", what));
}

}  // namespace

std::string answer_line(Centre& centre, std::string_view line) {
  json answer;
  try {
    answer = answer_of(centre, json::parse(line));
  } catch (const json::exception& fault) {
    answer = error(fmt::format("the line is not what is expected: {}", fault.what()));
  }
  return answer.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// One connection.
struct Control::Talk {
  explicit Talk(tcp::socket made) : socket(std::move(made)) {}

  tcp::socket socket;
  std::string input, output;
};

/// What the handlers hold on to.
struct Control::Room : std::enable_shared_from_this<Room> {
  Room(const asio::any_io_executor& executor, Centre& host) : acceptor(executor), centre(&host) {}

  void accept();
  void read(const std::shared_ptr<Talk>& talk);
  void answer(const std::shared_ptr<Talk>& talk, std::size_t octets);
  void close();

  tcp::acceptor acceptor;
  Centre* centre;  ///< null when closed
  std::vector<std::weak_ptr<Talk>> talks;
};

void Control::Room::accept() {
  acceptor.async_accept([self = shared_from_this()](boost::system::error_code fault, tcp::socket socket) {
    if (!self->centre) return;
    if (!fault) {
      std::erase_if(self->talks, [](const auto& talk) { return talk.expired(); });
      const auto talk = std::make_shared<Talk>(std::move(socket));
      self->talks.push_back(talk);
      self->read(talk);
    }
    self->accept();
  });
}

void Control::Room::read(const std::shared_ptr<Talk>& talk) {
  asio::async_read_until(
      talk->socket, asio::dynamic_buffer(talk->input, line_octets_max), '\n',
      [self = shared_from_this(), talk](boost::system::error_code fault, std::size_t octets) {
        if (!fault && self->centre) self->answer(talk, octets);
      });
}

void Control::Room::answer(const std::shared_ptr<Talk>& talk, std::size_t octets) {
  talk->output = answer_line(*centre, std::string_view(talk->input).substr(0, octets - 1)) + "\n";
  talk->input.erase(0, octets);
  asio::async_write(talk->socket, asio::buffer(talk->output),
                    [self = shared_from_this(), talk](boost::system::error_code fault, std::size_t) {
                      if (!fault && self->centre) self->read(talk);
                    });
}

void Control::Room::close() {
  centre = nullptr;
  boost::system::error_code ignored;
  acceptor.close(ignored);
  for (const auto& one : talks) {
    if (const auto talk = one.lock()) talk->socket.close(ignored);
  }
}

Result<std::unique_ptr<Control>> Control::open(const asio::any_io_executor& executor, std::uint16_t port,
                                               Centre& centre) {
  std::unique_ptr<Control> control(new Control);
  control->room_ = std::make_shared<Room>(executor, centre);
  tcp::acceptor& acceptor = control->room_->acceptor;
  boost::system::error_code fault;
  acceptor.open(tcp::v4(), fault);
  if (!fault) acceptor.set_option(tcp::acceptor::reuse_address(true), fault);
  if (!fault) acceptor.bind({asio::ip::address_v4::loopback(), port}, fault);
  if (!fault) acceptor.listen(asio::socket_base::max_listen_connections, fault);
  if (!fault) control->port_ = acceptor.local_endpoint(fault).port();
  if (fault) {
    return fail(Code::unavailable,
                fmt::format("the control port 127.0.0.1:{} cannot be had: {}", port, fault.message()));
  }
  control->room_->accept();
  return control;
}

void Control::close() {
  room_->close();
}

}  // namespace tongdai::smsc
