#pragma once

#include <filesystem>

#include "core/error.hpp"
#include "report/document.hpp"

namespace tongdai::report {

/// The document as an XLSX file: its facts, then a sheet each section. `temporary`: a folder for what is not
/// put together yet. Error: unavailable. Blocks on the disk.
[[nodiscard]] Result<void> write_xlsx(const Document& document, const std::filesystem::path& file,
                                      const std::filesystem::path& temporary);

}  // namespace tongdai::report
