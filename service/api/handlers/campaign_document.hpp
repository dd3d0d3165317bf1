#pragma once

#include <expected>
#include <string>
#include <vector>

#include "api/context.hpp"
#include "api/http.hpp"
#include "campaigns/history.hpp"

/// The body of calls that take a campaign file. For handlers only.
namespace tongdai::api {

struct CampaignDocument {
  campaigns::Spec spec;
  /// That it makes: itself, or the steps of its series; those of a drip come with `create_series`.
  std::vector<campaigns::Spec> campaigns;
  campaigns::Document document;  ///< as it came
};

/// A campaign file as it is, or JSON of the same shape; or the 400 with every fault that shows without the
/// directory.
[[nodiscard]] std::expected<CampaignDocument, Response> read_campaign(const Context& context,
                                                                      const Request& request);

/// Stores the drafts of a series and answers.
[[nodiscard]] asio::awaitable<Response> create_series(Context& context, const Request& request,
                                                      const CampaignDocument& written);

/// Does it make a series?
[[nodiscard]] bool is_series(const CampaignDocument& document);

/// Why `gateway` is none of this service's; "" if it is one.
[[nodiscard]] std::string unknown_gateway(const Context& context, std::string_view gateway);

}  // namespace tongdai::api
