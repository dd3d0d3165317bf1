#pragma once

#include <filesystem>
#include <fstream>

#include "directory/contact_import.hpp"
#include "directory/contacts.hpp"
#include "unit/directory/directory_room.hpp"

namespace tongdai::directory {

/// Three units, and a file that somebody brings.
class Contacts : public DirectoryTest {
 protected:
  Contacts() {
    units("code,name,type,parent\n12,Tỉnh,Tỉnh,\n03595,Xã Than Uyên,Xã,12\n03640,Xã Khoen On,Xã,12\n");
  }

  [[nodiscard]] std::filesystem::path file() const { return room.folder / "brought.csv"; }
  void bring(std::string_view csv) const { std::ofstream(file(), std::ios::binary) << csv; }

  Result<ImportReport> import_file(std::optional<std::string> group = std::nullopt) {
    std::optional<Result<ImportReport>> report;
    room.run(call(import, file(), std::move(group), report));
    return std::move(*report);
  }
  ImportReport read(std::string_view csv, std::optional<std::string> group = std::nullopt) {
    bring(csv);
    return import_file(std::move(group)).value();
  }
  static asio::awaitable<void> call(ContactImport& import, std::filesystem::path from,
                                    std::optional<std::string> group,
                                    std::optional<Result<ImportReport>>& report) {
    report = co_await import.run(std::move(from), std::move(group));
  }

  std::optional<ContactView> contact(const char* phone) {
    return room.on_database([&](storage::Tx& tx) { return find_contact(tx, Phone::stored(phone)); });
  }
  [[nodiscard]] std::vector<std::string> csv_files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(room.folder.path())) {
      if (entry.path().extension() == ".csv") names.push_back(entry.path().filename().string());
    }
    return names;
  }

  ContactImport import{room.writer(), room.ids, room.time, room.log, plan};
};

inline std::string many(int rows) {
  std::string csv = "phone,name\n";
  for (int i = 0; i < rows; ++i) csv += "09120" + std::to_string(10'000 + i) + ",A\n";
  return csv;
}

}  // namespace tongdai::directory
