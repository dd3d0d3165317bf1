#include "simulation/ledger.hpp"

#include <algorithm>

namespace tongdai::simulation {
namespace {

constexpr std::string_view letters = "bkqxvz";
constexpr std::string_view mark = "zxq";  // every token begins so
constexpr std::size_t token_letters = 8;

}  // namespace

std::string token(std::size_t n) {
  std::string out(mark);
  while (out.size() < token_letters) {
    out += letters[n % letters.size()];
    n /= letters.size();
  }
  return out;
}

Said& Ledger::add(Said said) {
  said_.push_back(std::move(said));
  Said& kept = said_.back();
  by_phone_[kept.by].push_back(&kept);
  by_ref_[kept.ref] = &kept;
  if (!kept.token.empty()) by_token_[kept.token] = &kept;
  return kept;
}

const std::vector<const Said*>& Ledger::of(const Phone& phone) const {
  static const std::vector<const Said*> nothing;
  const auto found = by_phone_.find(phone);
  return found == by_phone_.end() ? nothing : found->second;
}

const Said* Ledger::with_token(const std::string& token) const {
  const auto found = by_token_.find(token);
  return found == by_token_.end() ? nullptr : found->second;
}

const Said* Ledger::with_key(const std::string& dedupe_key) const {
  if (dedupe_key.starts_with("ref:")) {
    const auto found = by_ref_.find(dedupe_key.substr(4));
    return found == by_ref_.end() ? nullptr : found->second;
  }
  // "parts:SENDER:LINE:REFERENCE:TOTAL:ID"
  std::size_t end = dedupe_key.rfind(':');
  if (end != std::string::npos) end = dedupe_key.rfind(':', end - 1);
  if (end == std::string::npos || !dedupe_key.starts_with("parts:")) return nullptr;
  const std::size_t begin = dedupe_key.rfind(':', end - 1) + 1;
  const int reference = std::stoi(dedupe_key.substr(begin, end - begin));
  const auto found = std::ranges::find(said_, reference, &Said::reference);
  return found == said_.end() ? nullptr : &*found;
}

bool Ledger::said(const std::vector<Phone>& phones, Meaning meaning, const std::string& code) const {
  return std::ranges::any_of(phones, [&](const Phone& phone) {
    return std::ranges::any_of(of(phone), [&](const Said* s) {
      return s->meaning == meaning && (s->code == code || s->code.empty());
    });
  });
}

std::vector<std::string> Ledger::tokens_in(const std::string& text) const {
  std::vector<std::string> found;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const std::string word = text.substr(at, token_letters);
    if (by_token_.contains(word)) found.push_back(word);
  }
  return found;
}

}  // namespace tongdai::simulation
