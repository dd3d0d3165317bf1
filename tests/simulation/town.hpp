#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/phone.hpp"

/// Who there is: citizens, the facilities' people and the duty officers of one simulated province.
namespace tongdai::simulation {

/// A place as people write it.
struct Place {
  std::string words;
  std::string unit;  ///< code; "" where nothing, or more than one thing, is meant
};

struct Facility {
  std::string name;
  std::vector<std::string> units;  ///< codes; "12" is the whole province
  std::vector<Phone> phones;
};

struct Town {
  Town();

  std::vector<Phone> citizens;
  std::vector<Facility> facilities;
  std::vector<Phone> duty;
  std::vector<Place> places;
  std::vector<std::string> machines;  ///< short codes, brands and our own number
  std::string facilities_csv;         ///< of the same facilities

  [[nodiscard]] bool is_duty(const Phone& phone) const;
  [[nodiscard]] std::vector<const Facility*> facilities_of(const Phone& phone) const;
  [[nodiscard]] bool is_staff(const Phone& phone) const { return !facilities_of(phone).empty(); }
  /// Phones that answer for the same facility, or at the desk.
  [[nodiscard]] std::vector<Phone> colleagues(const Phone& phone) const;
  /// Does one of the facilities of `phone` serve the unit?
  [[nodiscard]] bool serves(const Phone& phone, const std::string& unit) const;
  /// The number that `digits`, nine of them, is the end of; "" if there is none.
  [[nodiscard]] const std::string* number_ending(const std::string& digits) const;

 private:
  std::unordered_map<std::string, std::string> by_end_;
};

}  // namespace tongdai::simulation
