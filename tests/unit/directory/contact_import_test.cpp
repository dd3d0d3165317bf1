#include <gmock/gmock.h>

#include "unit/directory/contact_room.hpp"

namespace tongdai::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(Contacts, AreReadWithUnitLanguageAndGroups) {
  const ImportReport report =
      read("phone,name,unit,language,groups\n0912 000 101,Sùng Thị Mỷ,03595,hmn,phu-nu; gia-dinh\n");
  EXPECT_EQ(report.imported, 1);
  const auto c = contact("+84912000101");
  ASSERT_TRUE(c);
  EXPECT_EQ(c->name, "Sùng Thị Mỷ");
  EXPECT_EQ(c->unit, "03595");
  EXPECT_EQ(c->language, "hmn");
  EXPECT_THAT(c->groups, ElementsAre("gia-dinh", "phu-nu"));
}

TEST_F(Contacts, ANumberAloneIsEnough) {
  read("phone\n0912000101\n");
  const auto c = contact("+84912000101");
  ASSERT_TRUE(c);
  EXPECT_EQ(c->name, "");
  EXPECT_EQ(c->unit, "");
  EXPECT_EQ(c->language, "vi");
}

TEST_F(Contacts, AnOldNumberIsTheNewOne) {
  EXPECT_EQ(read("phone\n01682345678\n0382345678\n").updated, 1);
  EXPECT_TRUE(contact("+84382345678"));
}

TEST_F(Contacts, AnUpdateKeepsWhatTheFileLeavesEmpty) {
  read("phone,name,unit,language,groups\n0912000101,Mỷ,03595,hmn,phu-nu\n");
  const ImportReport again = read("phone,name,unit,language,groups\n+84912000101,,,,gia-dinh\n");
  EXPECT_EQ(again.imported, 0);
  EXPECT_EQ(again.updated, 1);
  const auto c = contact("+84912000101");
  ASSERT_TRUE(c);
  EXPECT_EQ(c->name, "Mỷ");
  EXPECT_EQ(c->unit, "03595");
  EXPECT_EQ(c->language, "hmn");
  EXPECT_THAT(c->groups, ElementsAre("gia-dinh", "phu-nu"));
}

TEST_F(Contacts, AnUpdateTakesWhatTheFileSays) {
  read("phone,name,unit,language\n0912000101,Mỷ,03595,hmn\n");
  read("phone,name,unit,language\n0912000101,Dua,03640,vi\n");
  const auto c = contact("+84912000101");
  ASSERT_TRUE(c);
  EXPECT_EQ(c->name, "Dua");
  EXPECT_EQ(c->unit, "03640");
  EXPECT_EQ(c->language, "vi");
}

TEST_F(Contacts, AGroupMayBeGivenToAll) {
  read("phone,groups\n0912000101,phu-nu\n0912000102,\n", "can-bo");
  EXPECT_THAT(contact("+84912000101")->groups, ElementsAre("can-bo", "phu-nu"));
  EXPECT_THAT(contact("+84912000102")->groups, ElementsAre("can-bo"));
  const auto groups = room.on_database([](storage::Tx& tx) { return list_groups(tx); });
  ASSERT_THAT(groups, SizeIs(2));
  EXPECT_EQ(groups[0].name, "can-bo");
  EXPECT_EQ(groups[0].members, 2);
  EXPECT_EQ(groups[1].members, 1);
}

TEST_F(Contacts, TagsAreAddedAndNeverTakenAway) {
  read("phone,groups,tags\n0912000101,phu-nu,khoa-1; xa\n0912000102,,xa\n0912000103,xa,\n");
  EXPECT_THAT(contact("+84912000101")->tags, ElementsAre("khoa-1", "xa"));
  EXPECT_THAT(contact("+84912000101")->groups, ElementsAre("phu-nu"));
  EXPECT_THAT(contact("+84912000103")->tags, IsEmpty()) << "a group of that name is no tag";
  read("phone,tags\n0912000101,moi;xa\n0912000102,\n");
  EXPECT_THAT(contact("+84912000101")->tags, ElementsAre("khoa-1", "moi", "xa"));
  EXPECT_THAT(contact("+84912000102")->tags, ElementsAre("xa"));
  const auto tags = room.on_database([](storage::Tx& tx) { return list_tags(tx); });
  ASSERT_THAT(tags, SizeIs(3));
  EXPECT_EQ(tags[2].name, "xa");
  EXPECT_EQ(tags[2].members, 2);
}

TEST_F(Contacts, OfTooManyTagsTheRowIsRejected) {
  std::string tags;
  for (int i = 0; i < 33; ++i) tags += "t" + std::to_string(i) + ";";
  const ImportReport report = read("phone,tags\n0912000101," + tags + "\n0912000102,x\n");
  EXPECT_EQ(report.imported, 1);
  ASSERT_EQ(report.rejects.size(), 1U);
  EXPECT_EQ(report.rejects[0].line, 2);
  EXPECT_EQ(report.rejects[0].reason, "tags: at most 32, separated by ';'");
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM tag"), 1);
}

TEST_F(Contacts, BadRowsAreNamedWithTheirLinesAndTheRestIsTaken) {
  std::string groups;
  for (int i = 0; i < 33; ++i) groups += "g" + std::to_string(i) + ";";
  const ImportReport report = read(
      "phone,name,unit,language,groups\n"
      "0912,A,,,\n"
      "\n"
      "113,A,,,\n"
      "0912000103,\"A\nB\",99999,,\n"
      "0912000104,A,,Viet,\n"
      "0912000105,A,,," +
      groups + "\n" + "0912000106," + std::string(201, 'x') +
      ",,,\n"
      "0912000107,A,,,,,\n"
      "0912000108,A,,,\n"
      ",A,,,\n");
  EXPECT_EQ(report.imported, 1);
  EXPECT_EQ(report.rejected, 8);
  ASSERT_THAT(report.rejects, SizeIs(8));
  const auto expect = [&](std::size_t i, std::int64_t line, const char* reason) {
    EXPECT_EQ(report.rejects[i].line, line);
    EXPECT_THAT(report.rejects[i].reason, HasSubstr(reason));
    EXPECT_THAT(report.rejects[i].reason, Not(HasSubstr("0912")));
  };
  expect(0, 2, "phone: ");
  expect(1, 4, "phone: must be a mobile number that gets texts, this is a short_code");
  expect(2, 5, "unit: no unit has the code 99999");
  expect(3, 7, "language: must be an ISO 639 code such as vi or hmn, or with a script such as hmn-rpa");
  expect(4, 8, "groups: at most 32");
  expect(5, 9, "name: must have at most 200 bytes");
  expect(6, 10, "7 columns, but the header has 5");
  expect(7, 12, "phone: ");
  EXPECT_TRUE(contact("+84912000108"));
}

TEST_F(Contacts, TheFileIsGoneAtTheEnd) {
  read("phone\n0912000101\n");
  EXPECT_THAT(csv_files(), IsEmpty());
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM contact_import"), 0);
}

TEST_F(Contacts, AFileWithoutAHeaderIsRefusedAndLeftAlone) {
  bring("0912000101\n");
  const auto report = import_file();
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, Code::invalid);
  EXPECT_THAT(report.error().what, Not(HasSubstr("0912")));
  EXPECT_THAT(csv_files(), ElementsAre("brought.csv"));
}

TEST_F(Contacts, AFileThatIsNotThereIsAnError) {
  const auto report = import_file();
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, Code::not_found);
}

TEST_F(Contacts, FiftyThousandRowsComeInChunks) {
  const ImportReport report = read(many(50'000), "tinh");
  EXPECT_EQ(report.imported, 50'000);
  EXPECT_EQ(report.rejected, 0);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM contact"), 50'000);
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM group_member"), 50'000);
}

TEST_F(Contacts, AFileWhoseRowsAreExactlyAChunkEnds) {
  EXPECT_EQ(read(many(2000)).imported, 2000);
  EXPECT_THAT(csv_files(), IsEmpty());
  EXPECT_EQ(room.count("SELECT COUNT(*) FROM contact_import"), 0);
}

TEST_F(Contacts, TheColumnConsentIsToldToWhoRecordsIt) {
  std::vector<std::pair<std::string, TimePoint>> told;
  import.set_consent(
      [&](storage::Tx&, const Phone& phone, TimePoint at) { told.emplace_back(phone.reveal(), at); });
  const auto report = read(
      "phone,consent\n0912000101,yes\n0912000102,\n0912000103,2026-03-01\n0912000104,maybe\n"
      "0912000105,2026-12-24\n");
  EXPECT_EQ(report.imported, 3);
  std::ranges::sort(told);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0], std::pair(std::string("+84912000101"), room.now()));
  EXPECT_EQ(told[1], std::pair(std::string("+84912000103"), parse_rfc3339("2026-03-01T00:00:00Z").value()));
  ASSERT_EQ(report.rejects.size(), 2U);
  EXPECT_EQ(report.rejects[0].line, 5);
  EXPECT_EQ(report.rejects[0].reason,
            "consent: must be yes or a day such as 2026-03-01; empty if there is none");
  EXPECT_EQ(report.rejects[1].line, 6);
  EXPECT_EQ(report.rejects[1].reason, "consent: the day has not come yet");
  EXPECT_FALSE(contact("+84912000105"));
}

}  // namespace
}  // namespace tongdai::directory
