#include "report/words.hpp"

#include <algorithm>
#include <array>

namespace tongdai::report {
namespace {

struct Entry {
  Word word;
  std::string_view vi;
  std::string_view en;
};

constexpr std::array table{
    Entry{Word::title, "Báo cáo kết quả truyền thông qua tin nhắn", "Report on message campaigns"},
    Entry{Word::service, "Đơn vị", "Service"},
    Entry{Word::period, "Kỳ báo cáo", "Period"},
    Entry{Word::made_at, "Lập lúc", "Made at"},
    Entry{Word::to, "đến", "to"},
    Entry{Word::campaigns, "Các đợt truyền thông", "Campaigns"},
    Entry{Word::no_campaigns, "Không có đợt truyền thông nào trong kỳ.",
          "There was no campaign in the period."},
    Entry{Word::campaign, "Đợt truyền thông", "Campaign"},
    Entry{Word::kind, "Loại", "Class"},
    Entry{Word::state, "Trạng thái", "State"},
    Entry{Word::planned, "Kế hoạch", "Planned"},
    Entry{Word::texts_left, "Thời gian gửi", "Sent"},
    Entry{Word::audience, "Số người nhận dự kiến", "Audience"},
    Entry{Word::reached, "Đã nhận được", "Reached"},
    Entry{Word::reached_share, "Tỷ lệ", "Share"},
    Entry{Word::awaiting, "Chờ xác nhận", "Receipt awaited"},
    Entry{Word::failed, "Không gửi được", "Failed"},
    Entry{Word::left_out, "Không gửi theo quy định", "Left out"},
    Entry{Word::not_sent, "Chưa gửi", "Not sent"},
    Entry{Word::uncertain, "Không rõ", "Uncertain"},
    Entry{Word::parts, "Số bản tin", "Parts"},
    Entry{Word::cost, "Chi phí", "Cost"},
    Entry{Word::opt_outs, "Từ chối nhận", "Opt-outs"},
    Entry{Word::total, "Tổng cộng", "Total"},
    Entry{Word::people_reached, "Số người nhận được ít nhất một tin", "People who got at least one text"},
    Entry{Word::by_unit, "Kết quả theo địa bàn", "By unit"},
    Entry{Word::unit, "Địa bàn", "Unit"},
    Entry{Word::by_group, "Kết quả theo nhóm đối tượng", "By group"},
    Entry{Word::group, "Nhóm", "Group"},
    Entry{Word::by_carrier, "Kết quả theo nhà mạng", "By carrier"},
    Entry{Word::carrier, "Nhà mạng", "Carrier"},
    Entry{Word::by_language, "Kết quả theo ngôn ngữ", "By language"},
    Entry{Word::text_language, "Ngôn ngữ", "Language"},
    Entry{Word::not_known, "Không xác định", "Not known"},
    Entry{Word::cases, "Số vụ việc", "Cases"},
    Entry{Word::cases_by_unit, "Vụ việc theo địa bàn", "Cases by unit"},
    Entry{Word::cases_by_urgency, "Vụ việc theo mức độ", "Cases by urgency"},
    Entry{Word::urgency, "Mức độ", "Urgency"},
    Entry{Word::cases_by_service, "Vụ việc theo nhu cầu hỗ trợ", "Cases by service needed"},
    Entry{Word::other_units, "Các địa bàn khác", "Other units"},
    Entry{Word::note_reached,
          "Đã nhận được: có xác nhận đã đến máy, hoặc nhà mạng đã nhận nếu nhà mạng đó không gửi xác nhận.",
          "Reached: a receipt says so, or the gateway took it where it gives no receipts."},
    Entry{Word::note_left_out,
          "Không gửi theo quy định: người đã từ chối, trong danh sách không quảng cáo, hoặc được tạm nghỉ; "
          "theo địa bàn, "
          "nhà mạng và nhóm, người tạm nghỉ nằm ở dòng không xác định.",
          "Left out: who refused, is in the Do-Not-Call register or is left alone for now; by unit, carrier "
          "and group, who "
          "is left alone stands with those not known."},
    Entry{Word::note_opt_outs,
          "Từ chối nhận: người nhận của đợt đã từ chối kể từ tin đầu tiên; tổng cộng tính mỗi người "
          "một lần.",
          "Opt-outs: recipients who refused since the campaign's first text; the total counts each person "
          "once."},
    Entry{Word::note_groups, "Người thuộc nhiều nhóm được tính ở mỗi nhóm; theo danh bạ lúc lập báo cáo.",
          "Who is in several groups counts in each; as contacts are in them when the report is made."},
    Entry{Word::note_cost, "Chi phí theo bảng giá của cổng nhắn tin, cho mỗi bản tin đã gửi.",
          "Cost by the gateways' prices, for each part that was sent."},
    Entry{Word::note_small, "<5: ít hơn năm, kể cả không có.", "<5: fewer than five, or none."},
    Entry{Word::note_hidden, "•: từ năm trở lên, không nêu để không suy ra được số nhỏ.",
          "•: five or more, not told, so that no small number can be computed."},
    Entry{Word::note_services, "Một vụ việc có thể cần nhiều hỗ trợ và được tính ở mỗi loại.",
          "A case may need several services and counts in each."},
    Entry{Word::note_few, "Số vụ việc quá ít để nêu chi tiết.", "There are too few cases to tell more."},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table.at(i).word != static_cast<Word>(i)) return false;
  return table.size() == static_cast<std::size_t>(Word::note_few) + 1;
}
static_assert(is_in_order(), "one line for each word, in the order of the enum");

struct Value {
  std::string_view value;
  std::string_view vi;
  std::string_view en;
};

constexpr std::array values{
    Value{"social_policy", "Chính sách xã hội", "Social policy"},
    Value{"advertising", "Quảng cáo", "Advertising"},
    Value{"transactional", "Giao dịch", "Transactional"},
    Value{"draft", "Bản nháp", "Draft"},
    Value{"submitted", "Chờ duyệt", "Submitted"},
    Value{"approved", "Đã duyệt", "Approved"},
    Value{"running", "Đang gửi", "Running"},
    Value{"paused", "Tạm dừng", "Paused"},
    Value{"completed", "Hoàn thành", "Completed"},
    Value{"cancelled", "Đã hủy", "Cancelled"},
    Value{"critical", "Khẩn cấp", "Critical"},
    Value{"high", "Cao", "High"},
    Value{"normal", "Bình thường", "Normal"},
    Value{"shelter", "Nơi tạm lánh", "Shelter"},
    Value{"medical", "Y tế", "Medical"},
    Value{"police", "Công an", "Police"},
    Value{"counselling", "Tư vấn", "Counselling"},
    Value{"legal", "Pháp lý", "Legal"},
    Value{"child_protection", "Bảo vệ trẻ em", "Child protection"},
};

}  // namespace

std::string_view word(Word word, Language language) {
  const Entry& entry = table.at(static_cast<std::size_t>(word));
  return language == Language::vi ? entry.vi : entry.en;
}

std::string word_for(std::string_view value, Language language) {
  const auto* const found = std::ranges::find(values, value, &Value::value);
  if (found == values.end()) return std::string(value);
  return std::string(language == Language::vi ? found->vi : found->en);
}

}  // namespace tongdai::report
