#pragma once

#include <functional>
#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cli/client.hpp"
#include "cli/print.hpp"
#include "cli/terminal.hpp"
#include "text/time_zone.hpp"

namespace tongdai::cli {

/// A path below /api/v1 with its query: values are encoded here, absent ones left out.
[[nodiscard]] std::string target_of(
    std::string_view path,
    std::initializer_list<std::pair<std::string_view, std::optional<std::string>>> query = {});

/// What commands work with: the daemon's answers as JSON, and the terminal. Lives as long as one command.
class Session {
 public:
  using Readable = std::function<void(std::ostream&, const Json&)>;
  using Command = std::function<Outcome<void>(Session&)>;

  explicit Session(Terminal& with) : terminal(with) {}

  /// Set by the command line.
  bool json = false;
  std::string socket_option;
  Command chosen;

  Terminal& terminal;

  /// --socket, else $TONGDAI_SOCKET, else where the daemon's package puts it.
  [[nodiscard]] std::filesystem::path socket() const;

  /// The document of a 2xx answer; {} if it has none. A problem document becomes its sentences and
  /// Exit::refused.
  [[nodiscard]] Outcome<Json> get(const std::string& target, Patience patience = Patience::ordinary);
  [[nodiscard]] Outcome<Json> post(const std::string& target, Patience patience = Patience::ordinary);
  [[nodiscard]] Outcome<Json> post(const std::string& target, const Json& body,
                                   Patience patience = Patience::ordinary);
  /// Streams `file` as the body.
  [[nodiscard]] Outcome<Json> upload(const std::string& target, const std::filesystem::path& file,
                                     std::string_view content_type);
  /// Writes the answer's body to `file`, which is there whole or not at all. Refuses to replace one unless
  /// `force`.
  [[nodiscard]] Outcome<void> download(const std::string& target, const std::filesystem::path& file,
                                       bool force);
  /// The items of a list, page after page, at most `limit` (nullopt: all).
  [[nodiscard]] Outcome<Json> list(const std::string& target,
                                   std::optional<std::size_t> limit = std::nullopt);

  /// Prints what came: as it is with --json, else by `readable`, with its times in the service's zone: a
  /// window and a time beside it must not be of two zones. Passes a failure on.
  [[nodiscard]] Outcome<void> show(const Outcome<Json>& document, const Readable& readable = print_document);
  /// The same as a table with these columns.
  [[nodiscard]] Outcome<void> show_table(const Outcome<Json>& items, const std::vector<Column>& columns);

 private:
  [[nodiscard]] Outcome<Json> call(const Call& call);

  std::optional<text::TimeZone> zone_;  // the service's, once the daemon has said it
};

}  // namespace tongdai::cli
