#include "api/handlers/campaign_document.hpp"

#include <fmt/format.h>

#include "api/codec.hpp"
#include "campaigns/series.hpp"
#include "config/toml_file.hpp"

namespace tongdai::api {
namespace {

int line_of(const config::Node& document, std::string_view table, std::string_view key) {
  const config::Node* node = document.find(table);
  if (node != nullptr) node = node->find(key);
  return node != nullptr ? node->line() : 0;
}

}  // namespace

std::string unknown_gateway(const Context& context, std::string_view gateway) {
  std::string known;
  for (const auto& line : context.dispatcher.view()) {
    if (line.name == gateway) return {};
    known.append(known.empty() ? "" : ", ").append(line.name);
  }
  return fmt::format("there is no gateway \"{}\"; known: {}", gateway, known);
}

bool is_series(const CampaignDocument& document) {
  return document.spec.repeat || document.spec.drip || !document.spec.steps.empty();
}

std::expected<CampaignDocument, Response> read_campaign(const Context& context, const Request& request) {
  const bool is_toml = request.header("content-type").starts_with("application/toml");
  const auto tree = is_toml ? config::read_toml(request.body) : read_json(request.body);
  if (!tree) return std::unexpected(bad_request({tree.error()}));
  config::Faults faults;
  auto spec = campaigns::Spec::read(*tree, context.clock.now(), faults);
  if (faults.empty()) campaigns::add_way_out(spec, context.way_out, faults);
  const std::string& gateway = spec.schedule.gateway;
  if (!gateway.empty()) {
    if (std::string what = unknown_gateway(context, gateway); !what.empty())
      faults.push_back({"schedule.gateway", line_of(*tree, "schedule", "gateway"), std::move(what)});
  }
  if (spec.schedule.skip_holidays && context.almanac.holidays->empty()) {
    faults.push_back(
        {"schedule.holidays", line_of(*tree, "schedule", "holidays"),
         "must be send: the service knows no holidays ([campaigns] holidays in its configuration)"});
  }
  std::vector<campaigns::Spec> made;
  if (faults.empty() && !spec.drip) made = campaigns::plan(spec, context.almanac, faults);
  if (!faults.empty()) return std::unexpected(bad_request(faults));
  using Format = campaigns::DocumentFormat;
  return CampaignDocument{
      std::move(spec), std::move(made), {request.body, is_toml ? Format::toml : Format::json}};
}

}  // namespace tongdai::api
