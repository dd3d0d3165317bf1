#include "directory/unit_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "text/fold.hpp"

namespace tongdai::directory {
namespace {

struct ShortForm {
  std::string_view type;  // folded
  std::string_view written;
};
// As people shorten them in texts.
constexpr std::array short_forms{ShortForm{"ban", "b"},       ShortForm{"to dan pho", "tdp"},
                                 ShortForm{"thi tran", "tt"}, ShortForm{"phuong", "p"},
                                 ShortForm{"phuong", "ph"},   ShortForm{"thanh pho", "tp"},
                                 ShortForm{"huyen", "h"},     ShortForm{"thi xa", "tx"},
                                 ShortForm{"tinh", "t"},      ShortForm{"xa", "x"}};

void add(std::vector<SpokenName>& names, const std::string& type, const std::string& name, bool bare) {
  SpokenName spoken{text::fold(type + name), fmt::format("{}", fmt::join(text::words(type + name), " ")),
                    bare};
  const auto same = [&](const SpokenName& n) {
    return n.folded == spoken.folded && n.written == spoken.written;
  };
  if (!spoken.folded.empty() && std::ranges::none_of(names, same)) names.push_back(std::move(spoken));
}

void add_forms(std::vector<SpokenName>& names, std::string_view bare, std::string_view type) {
  const std::string name(bare);
  const std::string kind = text::fold(type);
  if (!kind.empty()) add(names, std::string(type) + ' ', name, false);
  for (const ShortForm& form : short_forms) {
    if (form.type == kind) add(names, std::string(form.written) + ' ', name, false);
  }
  if (text::fold(name).find(' ') != std::string::npos) add(names, "", name, true);
}

}  // namespace

std::string_view without_type(std::string_view name, std::string_view type) {
  if (!type.empty() && name.size() > type.size() + 1 && name.starts_with(type) && name[type.size()] == ' ') {
    return name.substr(type.size() + 1);
  }
  return name;
}

std::vector<SpokenName> spoken_names(std::string_view name, std::string_view type,
                                     const std::vector<std::string>& aliases) {
  std::vector<SpokenName> names;
  add_forms(names, without_type(name, type), type);
  for (const std::string& alias : aliases) add_forms(names, without_type(alias, type), type);
  return names;
}

}  // namespace tongdai::directory
