#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/session.hpp"

/// Words for declaring commands. A value lives as long as the command that captured it.
namespace tongdai::cli {

template <class T>
using Value = std::shared_ptr<T>;

/// Lists show this many unless --limit says otherwise.
inline constexpr std::size_t list_items_default = 50;
inline constexpr std::size_t list_items_max = 1'000'000;

/// A group of commands ("campaign"); one of them must follow.
[[nodiscard]] inline CLI::App& group(CLI::App& app, const std::string& name, const std::string& what) {
  return *app.add_subcommand(name, what)->require_subcommand(1);
}

/// A command; `run` is called once the whole line is understood.
inline void on(CLI::App& command, Session& session, Session::Command run) {
  command.callback([&session, run = std::move(run)] { session.chosen = run; });
}

[[nodiscard]] inline std::string not_empty(const std::string& given) {
  return given.empty() ? "must not be empty" : "";
}

/// A required word in its place: ID, FILE.
[[nodiscard]] inline Value<std::string> place(CLI::App& command, const std::string& name,
                                              const std::string& what) {
  auto value = std::make_shared<std::string>();
  CLI::Option& option = *command.add_option(name, *value, what)->required()->check(not_empty);
  if (option.get_positional()) option.type_name("");  // its name says it
  return value;
}

/// A required option: "--to".
[[nodiscard]] inline Value<std::string> required(CLI::App& command, const std::string& name,
                                                 const std::string& what) {
  return place(command, name, what);
}

/// An option that may be left out.
[[nodiscard]] inline Value<std::optional<std::string>> maybe(CLI::App& command, const std::string& name,
                                                             const std::string& what) {
  auto value = std::make_shared<std::optional<std::string>>();
  command.add_option(name, *value, what)->check(not_empty);
  return value;
}

[[nodiscard]] inline Value<std::size_t> limit(CLI::App& command) {
  auto value = std::make_shared<std::size_t>(list_items_default);
  command.add_option("--limit", *value, "at most so many")
      ->check(CLI::Range(std::size_t{1}, list_items_max))
      ->capture_default_str();
  return value;
}

}  // namespace tongdai::cli
