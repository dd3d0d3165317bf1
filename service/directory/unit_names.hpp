#pragma once

#include <string>
#include <string_view>
#include <vector>

/// How people write the name of a unit. Pure.
namespace tongdai::directory {

/// "Xã Than Uyên" without its type word: "Than Uyên". A name that has none is returned whole.
[[nodiscard]] std::string_view without_type(std::string_view name, std::string_view type);

/// One form under which a unit is looked up.
struct SpokenName {
  std::string folded;   ///< "than uyen", "xa than uyen", "x than uyen"
  std::string written;  ///< the same with its accents: "than uyên"
  bool bare = false;    ///< without its type word
};

/// For the name and for each of its aliases: with its type word, with the short forms of that, and without. A
/// name of one word, or of digits ("Phường 1"), is kept with its type only: alone it would be found in texts
/// that speak of something else.
[[nodiscard]] std::vector<SpokenName> spoken_names(std::string_view name, std::string_view type,
                                                   const std::vector<std::string>& aliases);

}  // namespace tongdai::directory
