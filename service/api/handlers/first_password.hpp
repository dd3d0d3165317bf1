#pragma once

#include <filesystem>
#include <string_view>

#include "api/context.hpp"
#include "people/sign_in.hpp"

namespace tongdai::api {

/// The file with the first administrator's password for once opens nothing any more, if it was theirs that
/// has changed. Any thread.
inline void forget_first_password(const Context& context, std::string_view name) {
  if (name != people::first_administrator) return;
  std::error_code ignored;
  std::filesystem::remove(context.data_dir / people::first_password_file, ignored);
}

}  // namespace tongdai::api
