#pragma once

#include "campaigns/canary.hpp"
#include "campaigns/forecast.hpp"
#include "config/toml_file.hpp"
#include "support/source_dir.hpp"
#include "unit/campaigns/campaign_room.hpp"

namespace tongdai::campaigns {

/// Routes by prefix, each with the gateways that may carry it, in order.
class ByPrefix final : public outbox::Router {
 public:
  struct Route {
    std::string prefix;
    std::vector<std::string> gateways;
  };
  std::vector<Route> routes;
  std::map<std::string, text::Limits> gateways;

  [[nodiscard]] std::optional<Choice> choose(outbox::Purpose, const Phone& to,
                                             std::string_view pinned) const override {
    const auto may = candidates(to, pinned);
    return may.empty() ? std::nullopt : std::optional(choice(may.front()));
  }
  [[nodiscard]] std::optional<Choice> choose_able(outbox::Purpose, const Phone& to,
                                                  const std::vector<std::string>& able) const override {
    const auto may = candidates(to, "");
    if (may.empty()) return std::nullopt;
    const auto best =
        std::ranges::find_if(may, [&](const auto& g) { return std::ranges::find(able, g) != able.end(); });
    return choice(best == may.end() ? may.front() : *best);
  }
  [[nodiscard]] std::vector<Choice> carriers(outbox::Purpose, std::string_view pinned) const override {
    std::vector<Choice> all;
    for (const auto& [name, limits] : gateways)
      if (pinned.empty() || name == pinned) all.push_back(choice(name));
    return all;
  }

 private:
  [[nodiscard]] std::vector<std::string> candidates(const Phone& to, std::string_view pinned) const {
    if (!pinned.empty())
      return gateways.contains(std::string(pinned)) ? std::vector{std::string(pinned)}
                                                    : std::vector<std::string>{};
    for (const Route& r : routes)
      if (to.reveal().starts_with("+" + r.prefix)) return r.gateways;
    return {};
  }
  [[nodiscard]] Choice choice(const std::string& name) const { return {name, &gateways.at(name)}; }
};

/// Two gateways of a part a second each: "viettel" for its own numbers, "vina" for others of this country.
/// It is nine in the morning of a Wednesday.
class PreviewTest : public CampaignTest {
 protected:
  PreviewTest() {
    config::Faults faults;
    plan = text::NumberingPlan::read(config::read_toml_file(in_checkout("/config/numbering/vn.toml")).value(),
                                     faults);
    by_prefix.routes = {{"8496", {"viettel"}}, {"84", {"vina"}}};
    by_prefix.gateways = {{"viettel", {}}, {"vina", {}}};
    gateways = {{"viettel", 1}, {"vina", 1}};
  }
  /// Of the group "phu-nu".
  void person(std::string number, std::string_view name = "", std::string_view language = "vi",
              std::optional<UnitId> unit = std::nullopt) {
    room.on_database([&](storage::Tx& tx) {
      const int id = ++people;
      tx.run(
          "INSERT INTO contact (id, phone, name, unit_id, language, created_at, updated_at) VALUES ($1, $2, "
          "$3, $4, $5, 0, 0)",
          id, Phone::stored(std::move(number)), name, unit, language);
      tx.run("INSERT INTO group_member (group_id, contact_id) VALUES (1, $1)", id);
    });
  }
  /// `n` of them, each with a number that begins so.
  void persons(int n, const std::string& prefix) {
    for (int i = 0; i < n; ++i) person(prefix + std::to_string(1'000'000 + i));
  }
  Spec saying(std::string body, Accents accents = Accents::keep) {
    Spec s = spec();
    s.texts = {{"vi", accents, std::move(body)}};
    return s;
  }
  Preview preview_of(CampaignId id) {
    return room.on_database([&](storage::Tx& tx) {
      const ForecastTerms terms{by_prefix, 4, gateways, plan, almanac, price};
      return preview(tx, find(tx, id).value(), terms, room.now());
    });
  }
  Preview preview_of(const Spec& s) { return preview_of(created(s)); }
  /// "Viettel: 2 recipients, 3 parts, 600", in order.
  static std::vector<std::string> told(const std::vector<Share>& shares) {
    std::vector<std::string> all;
    for (const Share& s : shares) {
      all.push_back(s.name + ": " + std::to_string(s.recipients) + " recipients, " + std::to_string(s.parts) +
                    " parts, " + std::to_string(static_cast<int>(s.cost)));
    }
    return all;
  }
  double seconds_to(const Preview& p) const {
    return p.finish ? std::chrono::duration<double>(*p.finish - room.now()).count() : -1;
  }
  static std::string faults_of(const Preview& p) { return config::print(p.unfit, ""); }

  int people = 100;
  ByPrefix by_prefix;
  std::vector<GatewayTerms> gateways;
  text::NumberingPlan plan;
  const Almanac almanac{text::TimeZone::find("Asia/Ho_Chi_Minh").value()};
  std::function<double(const std::string&, const std::string&)> price;
};

}  // namespace tongdai::campaigns
