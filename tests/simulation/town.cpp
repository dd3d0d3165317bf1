#include "simulation/town.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tongdai::simulation {
namespace {

constexpr int citizens_count = 150;
constexpr std::size_t end_digits = 9;  // of a mobile number without its country

struct Row {
  const char* name;
  const char* type;
  const char* services;
  std::vector<std::string> units;
  std::vector<const char*> phones;
  const char* hours;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      {"Than Uyen health station", "clinic", "medical;counselling", {"03595"}, {"101"}, "24/7"},
      {"Than Uyen police", "police_post", "police", {"03595"}, {"102", "112"}, "24/7"},
      {"Than Uyen women's union",
       "womens_union",
       "counselling;shelter",
       {"03595"},
       {"103"},
       "Mon-Sun 10:00-17:00"},
      {"Sin Ho clinic", "clinic", "medical", {"03478"}, {"104"}, "24/7"},
      {"Sin Ho police", "police_post", "police", {"03478"}, {"105"}, "24/7"},
      {"Binh Lu clinic", "clinic", "medical;counselling", {"03390", "03394"}, {"107", "104"}, "24/7"},
      {"Province centre",
       "social_work",
       "counselling;shelter;child_protection;legal",
       {"12"},
       {"106"},
       "24/7"},
  };
  return all;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : ";") + p;
  return out;
}

}  // namespace

Town::Town()
    : places{{"o Than Uyen", "03595"},   {"Than Uyên", "03595"},
             {"xa Hua Nà", "03595"},     {"o Sin Ho", "03478"},
             {"Sìn Hồ", "03478"},        {"o Binh Lu", "03390"},
             {"o Sin Suoi Ho", "03394"}, {"o Thu Lum", "03439"},
             {"o muong than", ""},       {"", ""},
             {"o Than Uyen", "03595"}},
      machines{"113", "900", "VIETTEL", "19001234"} {
  for (int i = 0; i < citizens_count; ++i)
    citizens.push_back(Phone::stored(fmt::format("+84{}{:06}", 971 + i % 7, 100'003 + 617 * i)));
  for (const char* officer : {"+84912000191", "+84962000192"}) duty.push_back(Phone::stored(officer));
  facilities_csv = "name,type,services,units,phone,hours\n";
  for (const Row& row : rows()) {
    Facility f{row.name, row.units, {}};
    for (const char* end : row.phones) {
      f.phones.push_back(Phone::stored(std::string("+84912000") + end));
      facilities_csv += fmt::format("{},{},{},{},0912000{},{}\n", row.name, row.type, row.services,
                                    joined(row.units), end, row.hours);
    }
    facilities.push_back(std::move(f));
  }
  const auto remember = [this](const Phone& p) {
    by_end_[p.reveal().substr(p.reveal().size() - end_digits)] = p.reveal();
  };
  for (const Phone& p : citizens) remember(p);
  for (const Phone& p : duty) remember(p);
  for (const Facility& f : facilities) std::ranges::for_each(f.phones, remember);
}

bool Town::is_duty(const Phone& phone) const {
  return std::ranges::find(duty, phone) != duty.end();
}

std::vector<const Facility*> Town::facilities_of(const Phone& phone) const {
  std::vector<const Facility*> found;
  for (const Facility& f : facilities) {
    if (std::ranges::find(f.phones, phone) != f.phones.end()) found.push_back(&f);
  }
  return found;
}

std::vector<Phone> Town::colleagues(const Phone& phone) const {
  if (is_duty(phone)) return duty;
  std::vector<Phone> all;
  for (const Facility* f : facilities_of(phone)) all.insert(all.end(), f->phones.begin(), f->phones.end());
  return all;
}

bool Town::serves(const Phone& phone, const std::string& unit) const {
  return std::ranges::any_of(facilities_of(phone), [&](const Facility* f) {
    return std::ranges::any_of(f->units, [&](const std::string& u) { return u == unit || u == "12"; });
  });
}

const std::string* Town::number_ending(const std::string& digits) const {
  const auto found = by_end_.find(digits);
  return found == by_end_.end() ? nullptr : &found->second;
}

}  // namespace tongdai::simulation
