// Uploaded lists from the file to the phone: who is in one gets what its columns say.
#include <fmt/format.h>

#include <fstream>

#include "campaigns/accounts.hpp"
#include "campaigns/series.hpp"
#include "config/toml_file.hpp"
#include "directory/number_lists.hpp"
#include "scenario/scenario.hpp"

namespace tongdai::test {
namespace {

using campaigns::CampaignEvent;
using outbox::MessageState;

class UploadedLists : public Scenario {
 protected:
  UploadedLists() { guard_interval = 10s; }  // a day of seconds would take long
  void upload(const std::string& name, const std::string& csv) {
    const auto file = folder() / "list.csv";
    std::ofstream(file) << csv;
    run([](directory::NumberImport& import, std::filesystem::path path,
           std::string as) -> asio::awaitable<void> {
      const auto report = co_await import.run(directory::NumberKind::list, path, as);
      EXPECT_TRUE(report) << report.error().what;
    }(engine().number_import(), file, name));
  }
  CampaignId launched(const std::string& audience, const std::string& more = "") {
    return launch("title = \"Hen\"\nclass = \"transactional\"\n[audience]\n" + audience + R"(
[[text]]
body = "Chao {name}, moi den {diem_hen} ngay {ngay_hen}"
[text.fallback]
name = "ban"
diem_hen = "tram y te"
ngay_hen = "da hen"
)" + more);
  }
  campaigns::Accounts accounts(CampaignId id) {
    return on_database([&](storage::Tx& tx) { return campaigns::account(tx, *campaigns::find(tx, id)); });
  }
};

TEST_F(UploadedLists, EachGetsTheirOwnColumnsAndStrangersNothing) {
  add_contacts(
      "phone,name,unit,language\n0988000001,Mai,03595,vi\n0988000002,,03595,vi\n0988000003,Sua,03595,vi\n");
  upload("hen-tiem",
         "phone,ngay_hen,diem_hen\n0988000001,25/11,nha van hoa\n0988000002,,\n"
         "0988000001,26/11,noi khac\n0988000009,25/11,nha van hoa\n");
  const auto id = launched("lists = [\"hen-tiem\"]");
  clock.advance(10s);
  citizen("0988000001").expects(text("Chao Mai, moi den nha van hoa ngay 25/11"));
  citizen("0988000002").expects(text("Chao ban, moi den tram y te ngay da hen"));
  citizen("0988000003").expects(nothing());
  citizen("0988000009").expects(nothing());
  EXPECT_EQ(accounts(id).audience, 2);
  EXPECT_EQ(accounts(id).of(MessageState::delivered), 2);
}

TEST_F(UploadedLists, WhatWasApprovedIsSentThoughTheListCameAnewAndTheServiceDied) {
  add_contacts("phone,name,unit,language\n0988000001,Mai,03595,vi\n0988000002,Sua,03595,vi\n");
  upload("hen-tiem", "phone,ngay_hen,diem_hen\n0988000001,25/11,nha van hoa\n");
  launched("lists = [\"hen-tiem\"]", "[schedule]\nstart = 2026-11-25T10:00:00+07:00\n");
  clock.advance(1s);
  upload("hen-tiem", "phone,ghi_chu\n0988000002,khac\n");
  crash();
  clock.advance(2h);
  citizen("0988000001").expects(text("Chao Mai, moi den nha van hoa ngay 25/11"));
  citizen("0988000002").expects(nothing());
}

TEST_F(UploadedLists, WhoIsInAnExcludedOneIsLeftOut) {
  add_contacts(
      "phone,name,unit,language,groups\n0988000001,Mai,03595,vi,phu-nu\n0988000002,Sua,03595,vi,phu-nu\n");
  upload("da-tiem", "phone\n0988000002\n");
  launch(
      "title = \"T\"\nclass = \"transactional\"\n[audience]\ngroups = [\"phu-nu\"]\nexclude_lists = "
      "[\"da-tiem\"]\n[[text]]\nbody = \"Moi di tiem\"\n");
  clock.advance(10s);
  citizen("0988000001").expects(text("Moi di tiem"));
  citizen("0988000002").expects(nothing());
}

TEST_F(UploadedLists, ADripReachesEachOnTheDayBeforeTheirs) {
  add_contacts(
      "phone,name,unit,language\n0988000001,Mai,03595,vi\n0988000002,Sua,03595,vi\n0988000003,Lan,03595,"
      "vi\n");
  upload("hen", "phone,ngay_hen\n0988000001,2026-11-27\n0988000002,28/11/2026\n0988000003,chua ro\n");
  config::Faults faults;
  const auto spec = campaigns::Spec::read(
      config::read_toml(
          "title = \"Hen\"\nclass = \"transactional\"\n[audience]\nlists = [\"hen\"]\n[[text]]\n"
          "body = \"Mai ban co hen\"\n[schedule.drip]\ncolumn = \"ngay_hen\"\ndays = -1\n")
          .value(),
      now(), faults);
  const auto series = on_database([&](storage::Tx& tx) {
    const auto days = directory::days_of(tx, "hen", spec.drip->column, campaigns::drip_days_max);
    const auto steps = campaigns::plan(spec, engine().almanac(), faults, days);
    return campaigns::create_series(tx, engine().ids(), spec.title, steps, "author", now(), faults);
  });
  ASSERT_TRUE(faults.empty()) << config::print(faults, "");
  ASSERT_EQ(series.steps.size(), 2U);
  for (const CampaignId step : series.steps) {
    ASSERT_TRUE(act(step, CampaignEvent::submit));
    ASSERT_TRUE(act(step, CampaignEvent::approve));
  }
  clock.advance(parse_rfc3339("2026-11-26T06:59:00+07:00").value() - now());
  citizen("0988000001").expects(nothing());
  clock.advance(2min);
  citizen("0988000001").expects(text("Mai ban co hen"));
  citizen("0988000002").expects(nothing());
  clock.advance(24h);
  citizen("0988000001").expects(nothing());
  citizen("0988000002").expects(text("Mai ban co hen"));
  citizen("0988000003").expects(nothing());
}

}  // namespace
}  // namespace tongdai::test
