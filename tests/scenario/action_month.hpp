#pragma once

#include <array>
#include <chrono>
#include <unordered_map>
#include <vector>

#include "campaigns/accounts.hpp"
#include "campaigns/series.hpp"
#include "scenario/scenario.hpp"

/// The Action Month of 2021 in a province: its seven texts as one series, and a book in the test's own hand
/// of what reached which phone. Everything that must never happen is told at the text with which it happens.
namespace tongdai::test {

/// A text of the month, with its dates.
struct MonthText {
  const char* title;
  const char* start;
  const char* end;
  const char* body;
};

inline constexpr std::array<MonthText, 7> month{{
    {"Chủ đề năm 2021", "2021-11-15T07:00:00+07:00", "2021-11-17T21:00:00+07:00",
     "Đảm bảo an sinh xã hội, tăng quyền năng và tạo cơ hội cho phụ nữ và trẻ em gái nhằm thực hiện bình "
     "đẳng giới và xóa bỏ bạo lực trên cơ sở giới"},
    {"Hưởng ứng Tháng hành động", "2021-11-18T07:00:00+07:00", "2021-11-20T21:00:00+07:00",
     "Hưởng ứng Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó bạo lực trên cơ sở giới năm 2021"},
    {"Tiến bộ, văn minh", "2021-11-21T07:00:00+07:00", "2021-11-24T21:00:00+07:00",
     "Thực hiện bình đẳng giới là tiêu chí của tiến bộ, văn minh"},
    {"Ngày 25/11", "2021-11-25T20:45:00+07:00", "2021-11-27T21:00:00+07:00",
     "Hưởng ứng Ngày quốc tế xóa bỏ bạo lực đối với phụ nữ 25/11/2021"},
    {"Vun đắp yêu thương", "2021-11-28T07:00:00+07:00", "2021-12-01T21:00:00+07:00",
     "Chấm dứt bạo lực, vun đắp yêu thương"},
    {"Phòng ngừa và ứng phó", "2021-12-02T07:00:00+07:00", "2021-12-05T21:00:00+07:00",
     "Chủ động phòng ngừa và ứng phó với bạo lực, xâm hại đối với phụ nữ và trẻ em"},
    {"Nam giới tiên phong", "2021-12-06T07:00:00+07:00", "2021-12-15T21:00:00+07:00",
     "Nam giới tiên phong thúc đẩy bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới"},
}};
inline constexpr std::array languages{"vi", "hmn", "blt", "en"};

/// One of the contacts, and what their phone has.
struct Resident {
  Phone phone;
  std::string carrier;
  std::size_t language = 0;
  std::string unit;        ///< code, as it is today
  bool is_staff = false;   ///< and so not of the audience
  std::uint8_t heard = 0;  ///< a bit a text
  bool has_refused = false;
  TimePoint left_alone_until{};  ///< who reported

  [[nodiscard]] bool has(std::size_t text) const { return (heard >> text & 1U) != 0; }
};

class ActionMonth : public Scenario {
 protected:
  /// 900 people, or TONGDAI_ACTION_MONTH_CONTACTS of the environment.
  ActionMonth();

  /// Three carriers by turns, four languages, several communes; one in ten is written as it was before 2018.
  void bring_people_in();
  /// The whole month from one file, submitted and approved; its audience is frozen then.
  void launch_series();
  /// The campaign file.
  [[nodiscard]] static std::string file();

  /// Plays on. Every minute the service's audit must have found nothing, and while something moves, once an
  /// hour else, the test counts for itself.
  void until(std::string_view when);
  /// Every person of each step is in one state, by every row.
  void check_all_rows();

  void refuses(Resident& who);
  /// Of every `nth` resident, those at `offset`, who have not yet.
  void some_refuse(std::size_t nth, std::size_t offset);
  /// A report, taken and closed at once by the province's station.
  void reports(Resident& who, std::string_view place);

  Result<std::vector<campaigns::Campaign>> act_all(campaigns::CampaignEvent event);
  /// From now on nothing of this text may reach a phone, or again.
  void expect_silence(std::size_t text, bool silent = true) { silent_.at(text) = silent; }

  [[nodiscard]] campaigns::Accounts accounts(std::size_t text);
  [[nodiscard]] campaigns::Campaign campaign(std::size_t text);
  [[nodiscard]] std::int64_t heard(std::size_t text) const { return heard_.at(text); }
  [[nodiscard]] std::int64_t audience() const { return audience_; }
  [[nodiscard]] bool is_large() const { return people_ > default_people; }
  [[nodiscard]] Resident* resident(const Phone& phone);
  /// How long the test's own clock took since the last mark; told of large runs only.
  void mark(std::string_view what);

  [[nodiscard]] static std::string body(std::size_t text, std::size_t language);

  static constexpr std::size_t default_people = 900;
  std::size_t people_ = default_people;
  std::vector<Resident> residents_;
  campaigns::SeriesId series_;
  std::vector<CampaignId> ids_;  ///< in the order of the texts

 private:
  struct Known {
    std::size_t text = 0;
    std::size_t language = 0;
  };
  bool record(const Phone& phone, const gateway::Heard& heard);
  void check_hour(std::size_t text, TimePoint at);
  void look();

  std::unordered_map<std::string, Known> known_;
  std::unordered_map<Phone, std::size_t> by_phone_;
  std::array<std::int64_t, month.size()> heard_{};
  std::array<bool, month.size()> silent_{};
  std::array<std::pair<TimePoint, TimePoint>, month.size()> dates_{};
  std::int64_t audience_ = 0;
  campaigns::Auditor auditor_;
  std::int64_t heard_at_look_ = 0;
  int idle_looks_ = 0;
  std::chrono::steady_clock::time_point marked_ = std::chrono::steady_clock::now();
};

}  // namespace tongdai::test
