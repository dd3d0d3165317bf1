#include "gateway_adapters/sandbox/memory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <tuple>

namespace tongdai::gateway::sandbox {
namespace {

/// A text on one line, without tabs.
std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    out += c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
  }
  return out;
}

}  // namespace

Memory::Memory(std::filesystem::path file) : file_(std::move(file)) {
  if (file_.empty()) return;
  load();
  out_.open(file_, std::ios::app | std::ios::binary);
}

void Memory::load() {
  std::ifstream in(file_, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    std::string at, from, phone, text;
    if (!std::getline(fields, at, '\t') || !std::getline(fields, from, '\t') ||
        !std::getline(fields, phone, '\t'))
      continue;
    std::getline(fields, text);
    const auto time = parse_rfc3339(at);
    if (time) inboxes_[phone].push_back({unescape(from), unescape(text), *time});
  }
}

void Memory::add(std::string_view phone, Heard heard) {
  if (out_.is_open()) {
    out_ << fmt::format("{}\t{}\t{}\t{}\n", to_rfc3339(heard.at), escape(heard.from), phone,
                        escape(heard.text))
         << std::flush;
  }
  inboxes_[std::string(phone)].push_back(std::move(heard));
}

std::vector<Heard> Memory::of(std::string_view phone) const {
  const auto found = inboxes_.find(phone);
  return found == inboxes_.end() ? std::vector<Heard>{} : found->second;
}

std::vector<Handset> Memory::handsets() const {
  std::vector<Handset> all;
  for (const auto& [phone, inbox] : inboxes_)
    all.push_back({Phone::stored(phone), inbox.size(), inbox.back()});
  std::ranges::sort(all, [](const Handset& a, const Handset& b) {
    return std::tie(b.last.at, a.phone) < std::tie(a.last.at, b.phone);
  });
  return all;
}

}  // namespace tongdai::gateway::sandbox
