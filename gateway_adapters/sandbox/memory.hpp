#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "gateway_adapters/gateway.hpp"

namespace tongdai::gateway::sandbox {

/// What the handsets received. With a file it outlives the process, as phones outlive a message centre: one
/// line a text, written before the submission is answered. Loop thread.
class Memory {
 public:
  /// `file` empty: nothing is kept. Reads what is there.
  explicit Memory(std::filesystem::path file);

  void add(std::string_view phone, Heard heard);
  [[nodiscard]] std::vector<Heard> of(std::string_view phone) const;
  /// Those that received something, the last first.
  [[nodiscard]] std::vector<Handset> handsets() const;

 private:
  void load();

  std::filesystem::path file_;
  std::ofstream out_;
  std::map<std::string, std::vector<Heard>, std::less<>> inboxes_;
};

}  // namespace tongdai::gateway::sandbox
