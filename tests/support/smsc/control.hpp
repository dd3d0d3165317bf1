#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace tongdai::smsc {

class Centre;

/// Does what a line of JSON asks, and the answer, a line of JSON without its end:
///   {"do": "counters"}                                  -> every field of Counters by its name
///   {"do": "deliver", "from": …, "to": …, "text": …}    -> {"at_us": …}
///   {"do": "drop"}                                      -> {"dropped": …}
///   {"do": "flush"}                                     -> {"messages": …}, all of them are in the log
///   {"do": "faults", …}                                 -> the faults from now on, by their names in Faults;
///                                                          what is not named is as if the centre had just
///                                                          begun
/// and {"error": …} for anything else.
[[nodiscard]] std::string answer_line(Centre& centre, std::string_view line);

/// The control port on 127.0.0.1: answers line by line, on the thread that runs `executor`.
class Control {
 public:
  /// `port` 0: any that is free. Error: unavailable. `centre` outlives it.
  [[nodiscard]] static Result<std::unique_ptr<Control>> open(const boost::asio::any_io_executor& executor,
                                                             std::uint16_t port, Centre& centre);
  ~Control() { close(); }
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Ends listening and every connection.
  void close();

 private:
  struct Talk;
  struct Room;

  Control() = default;

  std::uint16_t port_ = 0;
  std::shared_ptr<Room> room_;
};

}  // namespace tongdai::smsc
