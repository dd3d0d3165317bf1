#pragma once

#include <string>
#include <string_view>

#include "report/document.hpp"

namespace tongdai::report {

/// A page for print on A4: UTF-8, well-formed as XML too, without a script or anything from elsewhere. Every
/// text is escaped. Pure.
[[nodiscard]] std::string print_html(const Document& document);

/// For a text or an attribute of HTML; what has no place in XML is left out.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace tongdai::report
