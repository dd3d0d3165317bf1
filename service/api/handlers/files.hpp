#pragma once

#include <string>
#include <string_view>

#include "api/context.hpp"
#include "api/http.hpp"

/// Answers that are files: made in the data folder, sent, and gone.
namespace tongdai::api {

/// A file on its way to a client. Loop thread; the writing itself may be a reader's.
class OutFile {
 public:
  /// An empty one of mode 0600. Error: unavailable.
  [[nodiscard]] static Result<OutFile> create(const Context& context);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  /// For what is not put together yet.
  [[nodiscard]] std::filesystem::path folder() const { return path_.parent_path(); }
  /// The answer, once all is written. `name`: what a browser calls it.
  [[nodiscard]] Response answer(std::string_view content_type, const std::string& name) const;

 private:
  std::filesystem::path path_;
  std::shared_ptr<const void> owner_;
};

inline constexpr std::string_view csv_type = "text/csv; charset=utf-8";
inline constexpr std::string_view xlsx_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr std::string_view html_type = "text/html; charset=utf-8";

}  // namespace tongdai::api
