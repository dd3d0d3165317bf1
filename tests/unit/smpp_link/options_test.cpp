#include "gateway_adapters/smpp/link/options.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "config/toml_file.hpp"
#include "support/temp_dir.hpp"

namespace tongdai::gateway::smpp {
namespace {

class SmppOptions : public testing::Test {
 protected:
  /// Reads the table; the faults are in `faults`, as printed.
  std::optional<Options> read(const std::string& toml, std::string source = "19001234") {
    auto tree = config::read_toml(toml);
    if (!tree) {
      ADD_FAILURE() << "no TOML: " << toml;
      return std::nullopt;
    }
    Settings settings{.name = "centre", .adapter = "smpp", .source = std::move(source)};
    settings.rate_parts_per_s = 20;
    settings.folder = folder_.path();
    config::Faults found;
    config::Reader own(*tree, "gateway[0].smpp", found);
    auto options = read_options(settings, own);
    own.finish();
    faults = config::print(found, "");
    return found.empty() ? std::move(options) : std::nullopt;
  }
  /// The one fault of the smallest good table with these lines more.
  std::string fault(const std::string& more) {
    EXPECT_FALSE(read(least + more));
    return faults;
  }

  const std::string least = "host = \"smsc.example\"\nsystem_id = \"lc\"\npassword = \"secret\"\n";
  std::string faults;
  test::TempDir folder_;
};

TEST_F(SmppOptions, TheSmallestTableIsAPlainTransceiver) {
  const auto options = read(least);
  ASSERT_TRUE(options) << faults;
  EXPECT_EQ(options->endpoint.port, 2775);
  EXPECT_EQ(options->endpoint.tls, nullptr);
  EXPECT_EQ(options->account.session.bind, BindMode::transceiver);
  EXPECT_EQ(
      bind_of(options->account.session),
      (Bind{
          .system_id = "lc", .password = "secret", .system_type = {}, .version = 0x34, .address_range = {}}));
  EXPECT_EQ(options->account.session.pdu_bytes_max, 66'560U);
  EXPECT_EQ(options->account.rate_parts_per_s, 20) << "the gateway's";
  EXPECT_EQ(options->account.binds, 1U);
  EXPECT_EQ(options->account.habits.long_form, LongForm::udh);
  EXPECT_EQ(options->account.habits.default_alphabet, Alphabet::gsm7);
  EXPECT_TRUE(options->account.habits.receipts);
}

TEST_F(SmppOptions, EveryKeyIsTaken) {
  const auto options = read(least + R"(port = 3550
bind = "transmitter"
binds = 4
receivers = 2
window = 200
enquire_link_s = 15
response_timeout_s = 45
system_type = "VMA"
service_type = "CMT"
interface_version = "3.3"
address_range = "^1900"
addr_ton = 2
addr_npi = 1
pdu_bytes_max = 4096
default_alphabet = "latin1"
long_messages = "sar"
id_in_answer = "hexadecimal"
id_in_receipt = "decimal"
id_in_tlv = "as_is"
source_ton = 3
source_npi = 8
destination_ton = 2
destination_npi = 1
destination_plus = true
receipts = false
validity = false
[status]
"0x0400" = "throttled"
"88" = "retry_later"
)");
  ASSERT_TRUE(options) << faults;
  const AccountSettings& a = options->account;
  EXPECT_EQ(options->endpoint.port, 3550);
  EXPECT_EQ(a.session.bind, BindMode::transmitter);
  EXPECT_EQ(a.binds, 4U);
  EXPECT_EQ(a.receivers, 2U);
  EXPECT_EQ(a.session.window, 200U);
  EXPECT_EQ(a.session.enquire_link, 15s);
  EXPECT_EQ(a.session.response_timeout, 45s);
  EXPECT_EQ(a.session.system_type, "VMA");
  EXPECT_EQ(bind_of(a.session), (Bind{.mode = BindMode::transmitter,
                                      .system_id = "lc",
                                      .password = "secret",
                                      .system_type = "VMA",
                                      .version = 0x33,
                                      .addr_ton = 2,
                                      .addr_npi = 1,
                                      .address_range = "^1900"}));
  EXPECT_EQ(a.session.pdu_bytes_max, 4096U);
  EXPECT_EQ(a.habits.service_type, "CMT");
  EXPECT_EQ(a.habits.default_alphabet, Alphabet::latin1);
  EXPECT_EQ(a.habits.long_form, LongForm::sar);
  EXPECT_EQ(a.ids.in_answer, IdForm::hexadecimal);
  EXPECT_EQ(a.ids.in_receipt, IdForm::decimal);
  EXPECT_EQ(a.ids.of_tlv(), IdForm::as_is);
  EXPECT_EQ(a.habits.source, (Address{.ton = 3, .npi = 8, .value = "19001234"}));
  EXPECT_EQ(a.habits.destination.ton, 2);
  EXPECT_TRUE(a.habits.destination_plus);
  EXPECT_FALSE(a.habits.receipts);
  EXPECT_FALSE(a.habits.validity);
  EXPECT_EQ(a.outcomes.of(0x0400), Outcome::throttled);
  EXPECT_EQ(a.outcomes.of(0x58), Outcome::retry_later);
  EXPECT_EQ(window_of(a), 800U);
}

TEST_F(SmppOptions, AParametersIdIsWrittenAsInTheAnswer) {
  EXPECT_EQ(
      read(least + "id_in_answer = \"hexadecimal\"\nid_in_receipt = \"decimal\"\n")->account.ids.of_tlv(),
      IdForm::hexadecimal);
}

TEST_F(SmppOptions, TheSendersTypeFollowsFromItsLook) {
  EXPECT_EQ(read(least, "LAICHAU")->account.habits.source, (Address{.ton = 5, .npi = 0, .value = "LAICHAU"}));
  EXPECT_EQ(read(least, "+84912345678")->account.habits.source,
            (Address{.ton = 1, .npi = 1, .value = "84912345678"}));
  EXPECT_EQ(read(least, "9029")->account.habits.source, (Address{.ton = 0, .npi = 1, .value = "9029"}));
}

TEST_F(SmppOptions, WhatAnAccountCanDoFollowsFromItsBinds) {
  const auto can = [&](const std::string& more) {
    return capabilities_of(read(least + more)->account, false);
  };
  EXPECT_TRUE(can("").receives);
  EXPECT_FALSE(can("bind = \"transmitter\"\n").receives);
  EXPECT_FALSE(can("bind = \"transmitter\"\n").reports_delivery);
  EXPECT_TRUE(can("bind = \"transmitter\"\nreceivers = 1\n").reports_delivery);
  EXPECT_FALSE(can("receipts = false\n").reports_delivery);
  EXPECT_FALSE(can("bind = \"receiver\"\n").sends);
}

TEST_F(SmppOptions, FaultsNameTheKeyAndWhatIsAllowed) {
  EXPECT_NE(fault("port = 70000\n").find("gateway[0].smpp.port: must be between 1 and 65535"),
            std::string::npos);
  EXPECT_NE(fault("bind = \"both\"\n").find("gateway[0].smpp.bind"), std::string::npos);
  EXPECT_NE(fault("binds = 17\n").find("between 1 and 16"), std::string::npos);
  EXPECT_NE(fault("receivers = 1\n").find("must be 0 unless bind is \"transmitter\""), std::string::npos);
  EXPECT_NE(fault("tls_ca = \"ca.pem\"\n").find("gateway[0].smpp.tls: must be true"), std::string::npos);
  EXPECT_NE(fault("tls = true\ntls_ca = \"none.pem\"\n").find("gateway[0].smpp.tls_ca"), std::string::npos);
  EXPECT_NE(fault("system_type = \"thirteen long\"\n").find("at most 12 octets"), std::string::npos);
  EXPECT_NE(
      fault("pdu_bytes_max = 1023\n").find("gateway[0].smpp.pdu_bytes_max: must be between 1024 and 1048576"),
      std::string::npos);
  EXPECT_NE(fault("interface_version = \"5.0\"\n").find("gateway[0].smpp.interface_version"),
            std::string::npos);
  EXPECT_NE(fault("addr_npi = 256\n").find("gateway[0].smpp.addr_npi"), std::string::npos);
  EXPECT_NE(fault("address_range = \"" + std::string(41, '1') + "\"\n").find("at most 40 octets"),
            std::string::npos);
  EXPECT_NE(fault("windw = 3\n").find("gateway[0].smpp.windw"), std::string::npos);
  EXPECT_NE(fault("[status]\n\"0\" = \"rejected\"\n").find("must be a command_status above 0"),
            std::string::npos);
  EXPECT_NE(fault("[status]\n\"0x58\" = \"uncertain\"\n").find("must be one of accepted"), std::string::npos);
  EXPECT_NE(fault("[status]\n\"0x58z\" = \"rejected\"\n").find("must be a command_status"),
            std::string::npos);
}

TEST_F(SmppOptions, APasswordThatDoesNotFitIsNotShown) {
  EXPECT_FALSE(read("host = \"h\"\nsystem_id = \"lc\"\npassword = \"sesam-oeffne\"\n"));
  EXPECT_NE(faults.find("gateway[0].smpp.password: must have at most 8 octets"), std::string::npos);
  EXPECT_EQ(faults.find("sesam"), std::string::npos);
}

TEST_F(SmppOptions, ThePasswordMayBeInAFile) {
  std::ofstream(folder_.path() / "secret") << "sesam-7\r\nmore\n";
  const auto options = read("host = \"h\"\nsystem_id = \"lc\"\npassword_file = \"secret\"\n");
  ASSERT_TRUE(options) << faults;
  EXPECT_EQ(options->account.session.password, "sesam-7");
  EXPECT_FALSE(read("host = \"h\"\nsystem_id = \"lc\"\npassword_file = \"nothing\"\n"));
  EXPECT_NE(faults.find("password_file"), std::string::npos);
}

TEST_F(SmppOptions, ThePasswordMayBeASystemdCredential) {
  std::ofstream(folder_.path() / "smsc") << "sesam-7\n";
  const std::string table = "host = \"h\"\nsystem_id = \"lc\"\npassword_credential = \"smsc\"\n";
  ASSERT_EQ(unsetenv("CREDENTIALS_DIRECTORY"), 0);
  EXPECT_FALSE(read(table));
  EXPECT_NE(faults.find("$CREDENTIALS_DIRECTORY is not set"), std::string::npos);
  ASSERT_EQ(setenv("CREDENTIALS_DIRECTORY", folder_.path().c_str(), 1), 0);
  const auto options = read(table);
  ASSERT_TRUE(options) << faults;
  EXPECT_EQ(options->account.session.password, "sesam-7");
  EXPECT_FALSE(read("host = \"h\"\nsystem_id = \"lc\"\npassword_credential = \"../smsc\"\n"));
  unsetenv("CREDENTIALS_DIRECTORY");
}

TEST_F(SmppOptions, OneWayForThePasswordIsRequiredAndOnlyOne) {
  EXPECT_FALSE(read("host = \"h\"\nsystem_id = \"lc\"\n"));
  EXPECT_NE(faults.find("give one of password, password_file and password_credential"), std::string::npos);
  EXPECT_NE(fault("password_file = \"secret\"\n").find("2 are given"), std::string::npos);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
