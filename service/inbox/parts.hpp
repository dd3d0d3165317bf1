#pragma once

#include <optional>
#include <string>

#include "core/key_id.hpp"
#include "core/phone.hpp"
#include "gateway_adapters/gateway.hpp"
#include "storage/tx.hpp"

/// Joins the parts of long texts, in whatever order they come, on disk. Writer thread.
namespace tongdai::inbox {

/// Which long text a part belongs to.
struct PartKey {
  std::string gateway;
  Phone sender;
  Phone line;
  int reference = 0;
  int total = 2;
};

struct Joined {
  PartKey key;
  std::string text;
  bool incomplete = false;
  KeyId sealed_with;  ///< its parts
};

/// Keeps a part. A repeated one changes nothing; one that differs from what is kept under the same number
/// begins a new text, and the old one is returned as it stands.
[[nodiscard]] std::optional<Joined> add_part(storage::Tx& tx, const PartKey& key, int part,
                                             std::string_view text, std::string_view ref, TimePoint now);
/// Does a part of such a text wait for the others?
[[nodiscard]] bool is_under_way(storage::Tx& tx, const PartKey& key);
/// The whole text, if all its parts are there; they are then taken off.
[[nodiscard]] std::optional<Joined> take_complete(storage::Tx& tx, const PartKey& key);
/// Texts whose first part came before `before`, with "[...]" for what is missing.
[[nodiscard]] std::vector<Joined> take_overdue(storage::Tx& tx, TimePoint before);

}  // namespace tongdai::inbox
