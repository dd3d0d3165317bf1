#include "simulation/post_office.hpp"

#include <algorithm>

#include "text/encoding.hpp"

namespace tongdai::simulation {
namespace {

constexpr double second_gateway = 0.2;  // share of texts that come in there
constexpr double doubled = 0.05;        // given again though acknowledged
constexpr double part_lost = 0.1;       // of long texts: one part never comes
constexpr Duration spread{4000};        // texts and parts overtake each other within this

}  // namespace

void PostOffice::send(const std::string& words, Said& said) {
  const auto parts = text::split(words);
  if (!parts) throw std::runtime_error("a text of the simulation is too long");
  const std::string gateway = stage_.dice.chance(second_gateway) ? "second" : "sandbox";
  said.parts = static_cast<int>(parts->size());
  said.bytes = words.size();
  const std::uint16_t reference = ++next_reference_;
  said.parts_sent = said.parts;
  said.reference = said.parts > 1 ? reference : 0;
  const bool loses_one = said.parts > 1 && !stage_.is_calm && stage_.dice.chance(part_lost);
  const auto lost = static_cast<std::size_t>(stage_.dice.between(0, said.parts - 1));
  if (loses_one) --said.parts_sent;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    if (loses_one && i == lost) continue;
    gateway::Inbound inbound{said.ref, said.by.reveal(), "19001234", (*parts)[i], std::nullopt};
    if (said.parts > 1) {
      inbound.ref += fmt::format("-{}", i + 1);
      inbound.part = gateway::PartInfo{reference, static_cast<std::uint8_t>(said.parts),
                                       static_cast<std::uint8_t>(i + 1)};
    }
    if (stage_.dice.chance(doubled)) post({inbound, gateway, &said, true}, stage_.dice.within(0s, 5min));
    post({std::move(inbound), gateway, &said}, stage_.dice.within(0ms, spread));
  }
}

void PostOffice::post(Letter letter, Duration delay) {
  letters_.push_back(std::move(letter));
  try_again(letters_.size() - 1, delay);
}

void PostOffice::try_again(std::size_t letter, Duration delay) {
  stage_.after(delay, [this, letter] { deliver(letter); });
}

void PostOffice::deliver(std::size_t letter) {
  Letter& l = letters_[letter];
  if (l.is_taken || l.is_under_way) return;
  if (down_until_[l.gateway] > stage_.now()) return try_again(letter, 2s);
  l.is_under_way = true;
  stage_.service.sandbox(l.gateway).hand_over(l.inbound, [this, letter, life = life_](bool stored) {
    if (life != life_) return;
    letters_[letter].is_under_way = false;
    if (stored) return taken(letter);
    try_again(letter, 1s);
  });
}

void PostOffice::taken(std::size_t letter) {
  Letter& l = letters_[letter];
  l.is_taken = true;
  if (!l.is_copy && ++l.said->parts_taken == l.said->parts_sent) l.said->taken = stage_.now();
}

void PostOffice::service_is_back() {
  ++life_;
  for (std::size_t i = 0; i < letters_.size(); ++i) {
    Letter& l = letters_[i];
    if (std::exchange(l.is_under_way, false)) try_again(i, stage_.dice.within(100ms, 3s));
  }
}

std::size_t PostOffice::waiting() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(letters_, [](const Letter& l) { return !l.is_taken; }));
}

}  // namespace tongdai::simulation
