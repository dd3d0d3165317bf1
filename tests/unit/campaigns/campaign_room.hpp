#pragma once

#include "campaigns/accounts.hpp"
#include "campaigns/audience.hpp"
#include "campaigns/control.hpp"
#include "campaigns/freezing.hpp"
#include "unit/outbox/outbox_room.hpp"

namespace tongdai::campaigns {

/// A directory with a few people, and campaigns to them.
class CampaignTest : public outbox::OutboxRoom {
 protected:
  CampaignTest() {
    room.on_database([](storage::Tx& tx) {
      tx.run("INSERT INTO unit (id, code, name, type) VALUES (1, '12', 'Tỉnh Lai Châu', 'Tỉnh')");
      tx.run(
          "INSERT INTO unit (id, code, name, type, parent_id) VALUES (2, '03595', 'Xã Than Uyên', 'Xã', 1)");
      tx.run(
          "INSERT INTO unit (id, code, name, type, successor_id, valid_to) "
          "VALUES (3, '03631', 'Xã Mường Cang', 'Xã', 2, 1)");
      tx.run("INSERT INTO contact_group (id, name) VALUES (1, 'phu-nu'), (2, 'can-bo')");
    });
  }

  void contact(int id, std::optional<UnitId> unit = std::nullopt, std::string language = "vi") {
    room.on_database([&](storage::Tx& tx) {
      tx.run(
          "INSERT INTO contact (id, phone, unit_id, language, created_at, updated_at) VALUES ($1, $2, $3, "
          "$4, 0, 0)",
          id, phone(id), unit, language);
    });
  }
  void member(int group, int id) {
    room.on_database([&](storage::Tx& tx) {
      tx.run("INSERT INTO group_member (group_id, contact_id) VALUES ($1, $2)", group, id);
    });
  }
  void tagged(const std::string& tag, int id) {
    room.on_database([&](storage::Tx& tx) {
      tx.run("INSERT INTO tag (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING",
             room.ids.next<struct TagTag>(), tag);
      tx.run("INSERT INTO tag_member (tag_id, contact_id) SELECT id, $2 FROM tag WHERE name = $1", tag, id);
    });
  }
  /// A list in force, in place of the one of its name; `rows`: who, and their values by the columns.
  void listed(const std::string& name, const std::string& columns,
              const std::vector<std::pair<int, std::string>>& rows) {
    room.on_database([&](storage::Tx& tx) {
      const auto batch = room.ids.next<struct BatchTag>();
      tx.run(
          "INSERT INTO number_batch (id, kind, name, state, file, columns, created_at) VALUES ($1, 'list', "
          "$2, "
          "'in_force', '', $3, 0)",
          batch, name, columns);
      tx.run(
          "INSERT INTO number_list (id, kind, name, batch_id, created_at, updated_at) VALUES ($1, 'list', "
          "$2, "
          "$3, 0, 0) ON CONFLICT (kind, name) DO UPDATE SET batch_id = excluded.batch_id",
          room.ids.next<struct NumberListTag>(), name, batch);
      for (const auto& [id, own] : rows)
        tx.run("INSERT INTO list_member (batch_id, recipient, own) VALUES ($1, $2, $3)", batch, phone(id),
               own);
    });
  }
  void opted_out(int id) {
    room.on_database([&](storage::Tx& tx) {
      tx.run("INSERT INTO opt_out (recipient, at, source) VALUES (tag($1), 0, 'text')", phone(id));
    });
  }
  static Phone phone(int id) { return Phone::stored("+84912" + std::to_string(100'000 + id)); }

  /// A social campaign to "phu-nu" for a month from now, unless the test says otherwise.
  [[nodiscard]] Spec spec() const {
    Spec s;
    s.title = "Thang hanh dong";
    s.audience.groups = {"phu-nu"};
    s.texts = {{"vi", Accents::strip, "Chấm dứt bạo lực"}};
    s.schedule.start = room.now();
    s.schedule.end = room.now() + std::chrono::days(31);
    s.schedule.windows = text::DayWindows::parse({"07:00-22:00"}).value();
    return s;
  }
  std::string faults(const Spec& s) {
    return room.on_database([&](storage::Tx& tx) {
      config::Faults found;
      static_cast<void>(create(tx, room.ids, s, "author", room.now(), found));
      return config::print(found, "");
    });
  }
  CampaignId created(const Spec& s) {
    return room.on_database([&](storage::Tx& tx) {
      config::Faults found;
      const auto id = create(tx, room.ids, s, "author", room.now(), found);
      EXPECT_EQ(config::print(found, ""), "");
      return id;
    });
  }
  Result<CampaignState> acted(CampaignId id, CampaignEvent event) {
    return room.on_database(
        [&](storage::Tx& tx) { return act(tx, messages, id, event, {"operator"}, "", room.now()); });
  }
  /// Approved, and its audience written down.
  CampaignId approved(const Spec& s) {
    const auto id = only_approved(s);
    while (step()) {
    }
    return id;
  }
  CampaignId only_approved(const Spec& s) {
    const auto id = created(s);
    EXPECT_TRUE(acted(id, CampaignEvent::submit).has_value());
    EXPECT_TRUE(acted(id, CampaignEvent::approve).has_value());
    return id;
  }
  /// A step of the freezing. True if there was something to be written down.
  bool step(std::int64_t contacts = freeze_step_contacts) {
    return room.on_database([&](storage::Tx& tx) { return freeze_step(tx, contacts); });
  }
  Campaign campaign(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) { return find(tx, id).value(); });
  }
  Accounts accounts(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) { return account(tx, find(tx, id).value()); });
  }
};

}  // namespace tongdai::campaigns
