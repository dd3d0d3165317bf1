#include "support/smsc/book.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <functional>
#include <iterator>
#include <system_error>

namespace tongdai::smsc {
namespace {

constexpr std::size_t log_buffer_octets = 1024 * 1024;
constexpr std::size_t partials_max = 100'000;  // what lacks a part this long will never have it
constexpr unsigned log_mode = 0644;

std::uint64_t hash_of(std::string_view to, std::string_view text) {
  constexpr std::uint64_t spread = 0x9e3779b97f4a7c15;
  const std::hash<std::string_view> hash;
  return (hash(to) ^ std::rotl(static_cast<std::uint64_t>(hash(text)), 29)) * spread;
}

}  // namespace

LogFile::~LogFile() {
  if (file_ < 0) return;
  write_out();
  ::close(file_);
}

Result<void> LogFile::open(const std::string& path) {
  file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, log_mode);
  if (file_ < 0) {
    return fail(Code::unavailable, fmt::format("the centre's log {} cannot be written: {}", path,
                                               std::generic_category().message(errno)));
  }
  buffer_.reserve(log_buffer_octets + log_buffer_octets / 8);
  return {};
}

void LogFile::add(std::int64_t at_us, std::string_view to, std::string_view text) {
  if (file_ < 0) return;
  fmt::format_to(std::back_inserter(buffer_), "{}", at_us);
  buffer_.push_back('\t');
  buffer_.append(to);
  buffer_.push_back('\t');
  const std::size_t start = buffer_.size();
  buffer_.append(text);
  for (std::size_t i = start; i < buffer_.size(); ++i) {
    if (buffer_[i] == '\t' || buffer_[i] == '\n' || buffer_[i] == '\r') buffer_[i] = ' ';
  }
  buffer_.push_back('\n');
  if (buffer_.size() >= log_buffer_octets) write_out();
}

void LogFile::write_out() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      fault_ = errno;
      break;
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

Result<void> LogFile::flush() {
  if (file_ >= 0) write_out();
  if (const int fault = std::exchange(fault_, 0); fault != 0) {
    return fail(Code::unavailable, fmt::format("the centre's log lacks lines that could not be written: {}",
                                               std::generic_category().message(fault)));
  }
  return {};
}

void Book::take(const SubmitView& submit, std::int64_t now_us) {
  if (!submit.part) {
    enter(submit.destination, submit.text, submit.data_coding, now_us);
  } else if (const auto octets = join(submit)) {
    enter(submit.destination, *octets, submit.data_coding, now_us);
  }
}

std::optional<Bytes> Book::join(const SubmitView& submit) {
  const PartInfo& part = *submit.part;
  const std::string key =
      fmt::format("{}\t{}\t{}\t{}", submit.source, submit.destination, part.reference, part.total);
  auto found = partials_.find(key);
  if (found == partials_.end()) {
    if (partials_.size() >= partials_max) partials_.clear();
    found = partials_.emplace(key, Partial{.parts = {}, .missing = part.total}).first;
    found->second.parts.resize(part.total);
  }
  Partial& partial = found->second;
  std::optional<Bytes>& place = partial.parts[part.part - 1U];
  if (!place) --partial.missing;
  place.emplace(submit.text.begin(), submit.text.end());
  if (partial.missing > 0) return std::nullopt;

  Bytes octets;
  for (const std::optional<Bytes>& piece : partial.parts)
    octets.insert(octets.end(), piece->begin(), piece->end());
  partials_.erase(found);
  return octets;
}

void Book::enter(std::string_view to, View octets, std::uint8_t data_coding, std::int64_t now_us) {
  text_.clear();
  append_utf8(octets, data_coding, text_);
  ++messages_;
  if (seen_.add(hash_of(to, text_))) ++repeats_;
  log_.add(now_us, to, text_);
  if (keep_) carried_.push_back({.to = std::string(to), .text = text_});
}

}  // namespace tongdai::smsc
