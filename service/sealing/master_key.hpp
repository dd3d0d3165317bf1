#pragma once

#include <filesystem>
#include <string_view>

#include "core/error.hpp"
#include "sealing/secret.hpp"

/// Where the master key comes from. It stands in no database and in no backup.
namespace tongdai::sealing {

/// The name under which systemd hands it over: LoadCredential=tongdai.master_key:FILE.
inline constexpr std::string_view credential_name = "tongdai.master_key";
/// In the data folder, if the configuration names no other place.
inline constexpr std::string_view master_key_name = "master.key";

/// The credential of that name if systemd gives one; else `configured`, which must exist; else `own`, which
/// is made (0600, random) if `may_make`. A file holds 64 hexadecimal digits, and nobody but its owner may
/// read it; a credential may hold 32 bytes instead. Errors: invalid, not_found, unavailable.
[[nodiscard]] Result<Secret> load_master_key(const std::filesystem::path& configured,
                                             const std::filesystem::path& own, bool may_make);

}  // namespace tongdai::sealing
