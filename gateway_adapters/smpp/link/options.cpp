#include "gateway_adapters/smpp/link/options.hpp"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway_adapters/smpp/link/tls.hpp"

namespace tongdai::gateway::smpp {
namespace {

constexpr std::int64_t seconds_max = 3600;
constexpr std::size_t password_line_octets_max = 1024;
constexpr std::int64_t npi_max = 255;

/// The first line of a file.
std::optional<std::string> first_line(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line) || line.size() > password_line_octets_max) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string read_password(const Settings& settings, config::Reader& own) {
  const auto plain = own.maybe_text("password");
  const auto file = own.maybe_text("password_file");
  const auto credential = own.maybe_text("password_credential");
  const int given = (plain ? 1 : 0) + (file ? 1 : 0) + (credential ? 1 : 0);
  if (given != 1) {
    own.fault("password", "give one of password, password_file and password_credential; " +
                              std::to_string(given) + " are given");
    return {};
  }
  if (plain) return *plain;
  if (file) {
    const auto line = first_line(settings.folder / *file);
    if (!line)
      own.fault("password_file", "must be a file that can be read, with the password as its first line");
    return line.value_or("");
  }
  const char* const folder = std::getenv("CREDENTIALS_DIRECTORY");
  const bool is_name = !credential->empty() && credential->find('/') == std::string::npos;
  const auto line =
      folder && is_name ? first_line(std::filesystem::path(folder) / *credential) : std::nullopt;
  if (!line) {
    own.fault("password_credential",
              folder ? "must name a systemd credential of this service, with the password as its first line"
                     : "needs a service manager that gives credentials: $CREDENTIALS_DIRECTORY is not set");
  }
  return line.value_or("");
}

template <class E>
E one_of(config::Reader& own, std::string_view key, std::initializer_list<std::string_view> allowed,
         std::string_view fallback) {
  return from_name<E>(own.one_of(key, allowed, fallback)).value_or(E{});
}

Duration seconds(config::Reader& own, std::string_view key, Duration fallback) {
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(fallback).count();
  return std::chrono::seconds(own.integer(key, 1, seconds_max, whole));
}

std::uint8_t octet(config::Reader& own, std::string_view key, std::uint8_t fallback) {
  return static_cast<std::uint8_t>(own.integer(key, 0, npi_max, fallback));
}

/// A field of SMPP 3.4 with so many octets and its NUL. A secret's fault does not show it.
void fits(config::Reader& own, std::string_view key, const std::string& value, std::size_t octets_max,
          std::string_view source) {
  if (value.size() <= octets_max && value.find('\0') == std::string::npos) return;
  own.fault(key, "must have at most " + std::to_string(octets_max) + " octets (SMPP 3.4 " +
                     std::string(source) + "), got " + std::to_string(value.size()));
}

/// Type and plan that a sender has by its look (SMPP 3.4 §5.2.5, §5.2.6).
Address source_of(std::string source) {
  const bool international = source.starts_with('+');
  if (international) source.erase(0, 1);
  const bool number = source.find_first_not_of("0123456789") == std::string::npos;
  if (international && number) return {.ton = 1, .npi = 1, .value = std::move(source)};
  if (number) return {.ton = 0, .npi = 1, .value = std::move(source)};
  return {.ton = 5, .npi = 0, .value = std::move(source)};
}

Habits read_habits(const Settings& settings, config::Reader& own) {
  Habits habits;
  habits.source = source_of(settings.source);
  habits.source.ton = octet(own, "source_ton", habits.source.ton);
  habits.source.npi = octet(own, "source_npi", habits.source.npi);
  fits(own, "source", habits.source.value, 20, "§5.2.8, the gateway's source");
  habits.destination.ton = octet(own, "destination_ton", 1);
  habits.destination.npi = octet(own, "destination_npi", 1);
  habits.destination_plus = own.boolean("destination_plus", false);
  habits.service_type = own.text("service_type", "");
  fits(own, "service_type", habits.service_type, 5, "§5.2.11");
  habits.long_form = one_of<LongForm>(own, "long_messages", {"udh", "sar", "payload"}, "udh");
  habits.default_alphabet = one_of<Alphabet>(own, "default_alphabet", {"gsm7", "latin1", "ascii"}, "gsm7");
  habits.receipts = own.boolean("receipts", true);
  habits.validity = own.boolean("validity", true);
  return habits;
}

/// "88", "0x58".
std::optional<std::uint32_t> status_number(std::string_view word) {
  int base = 10;
  if (word.starts_with("0x")) {
    word.remove_prefix(2);
    base = 16;
  }
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number, base);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

Outcomes read_outcomes(config::Reader& own) {
  Outcomes outcomes;
  own.table("status", [&](config::Reader& table) {
    for (const auto& [key, node] : table.members()) {
      const auto status = status_number(key);
      const auto* const word = std::get_if<std::string>(&node.value());
      const auto outcome = word ? from_name<Outcome>(*word) : std::nullopt;
      const bool told = outcome == Outcome::accepted || outcome == Outcome::rejected ||
                        outcome == Outcome::retry_later || outcome == Outcome::throttled;
      if (!status || *status == 0) {
        table.fault(key, "must be a command_status above 0, such as \"0x58\" or \"88\"");
      } else if (!told) {
        table.fault(key, "must be one of accepted, retry_later, throttled, rejected");
      } else {
        outcomes.set(*status, *outcome);
      }
    }
  });
  return outcomes;
}

IdProfile read_ids(config::Reader& own) {
  const auto form = [&own](std::string_view key, std::string_view fallback) {
    return one_of<IdForm>(own, key, {"as_is", "decimal", "hexadecimal"}, fallback);
  };
  IdProfile ids;
  ids.in_answer = form("id_in_answer", "as_is");
  ids.in_receipt = form("id_in_receipt", "as_is");
  ids.in_tlv = form("id_in_tlv", tongdai::name_of(ids.in_answer));
  return ids;
}

SessionSettings read_session(const Settings& settings, config::Reader& own) {
  SessionSettings session;
  session.bind = one_of<BindMode>(own, "bind", {"transmitter", "receiver", "transceiver"}, "transceiver");
  session.system_id = own.text("system_id");
  session.password = read_password(settings, own);
  session.system_type = own.text("system_type", "");
  fits(own, "system_id", session.system_id, 15, "§5.2.1");
  fits(own, "password", session.password, 8, "§5.2.2");
  fits(own, "system_type", session.system_type, 12, "§5.2.3");
  const bool old = own.one_of("interface_version", {"3.3", "3.4"}, "3.4") == "3.3";
  session.version = old ? interface_version_3_3 : interface_version;
  session.range = {.ton = octet(own, "addr_ton", 0),
                   .npi = octet(own, "addr_npi", 0),
                   .value = own.text("address_range", "")};
  fits(own, "address_range", session.range.value, 40, "§5.2.7");
  session.window = static_cast<std::size_t>(
      own.integer("window", 1, window_pdus_max, static_cast<std::int64_t>(session.window)));
  session.pdu_bytes_max = static_cast<std::size_t>(own.integer(
      "pdu_bytes_max", pdu_bytes_least, pdu_bytes_most, static_cast<std::int64_t>(session.pdu_bytes_max)));
  session.enquire_link = seconds(own, "enquire_link_s", session.enquire_link);
  session.response_timeout = seconds(own, "response_timeout_s", 60s);
  return session;
}

}  // namespace

std::optional<Options> read_options(const Settings& settings, config::Reader& own) {
  const std::size_t before = own.faults().size();
  Options options;
  options.endpoint.host = own.text("host");
  options.endpoint.port = static_cast<std::uint16_t>(own.integer("port", 1, 65'535, 2775));
  TlsSettings tls;
  const bool with_tls = own.boolean("tls", false);
  const std::string ca = own.text("tls_ca", "");
  if (!ca.empty()) tls.ca = settings.folder / ca;
  tls.verify = own.boolean("tls_verify", true);
  AccountSettings& account = options.account;
  account.session = read_session(settings, own);
  account.binds = static_cast<std::size_t>(own.integer("binds", 1, binds_max, 1));
  account.receivers = static_cast<std::size_t>(own.integer("receivers", 0, receivers_max, 0));
  account.rate_parts_per_s = settings.rate_parts_per_s;
  account.habits = read_habits(settings, own);
  account.ids = read_ids(own);
  account.outcomes = read_outcomes(own);
  if (account.receivers > 0 && account.session.bind != BindMode::transmitter)
    own.fault("receivers", "must be 0 unless bind is \"transmitter\": a " +
                               std::string(tongdai::name_of(account.session.bind)) + " receives by itself");
  if (!with_tls && (!ca.empty() || !tls.verify))
    own.fault("tls", "must be true where tls_ca or tls_verify is given");
  if (with_tls) {
    auto made = TlsContext::make(tls);
    if (made) {
      options.endpoint.tls = *std::move(made);
    } else {
      own.fault("tls_ca", std::move(made.error().what));
    }
  }
  if (own.faults().size() == before) {
    if (auto good = check(account.session); !good) own.fault("system_id", good.error().what);
  }
  options.believes_anybody = with_tls && !tls.verify;
  if (own.faults().size() != before) return std::nullopt;
  return options;
}

}  // namespace tongdai::gateway::smpp
