#pragma once

#include <functional>
#include <string>
#include <vector>

#include "campaigns/rendering.hpp"
#include "config/reader.hpp"
#include "outbox/door.hpp"

/// Can the gateways carry what a campaign says? Asked before its approval, so that nobody learns it from a
/// million refusals.
namespace tongdai::campaigns {

/// Every text that a gateway would refuse, by its place in the campaign's file ("text[0].body"), with the
/// gateway and what to change. All gateways are asked that the routes may choose, or the campaign's own one;
/// each with the text as it would get it. A text with placeholders is tried as it is for one of whom nothing
/// is known. A text is at fault as well that names what nobody has a value for any more. Any transaction.
[[nodiscard]] config::Faults unfit(storage::Tx& tx, const Campaign& c, const outbox::Router& router);

/// Recipient::fill of people whom a text is tried with at a gateway.
using TrialsFor = std::function<std::vector<std::string>(const outbox::Router::Choice&)>;

/// As `unfit`, for one text as it would be sent to those people; one fault a gateway.
[[nodiscard]] config::Faults unfit_text(const Campaign& c, const Rendering::Variant& variant,
                                        const TrialsFor& trials, const outbox::Router& router);

[[nodiscard]] inline text::Kind kind_of(const Campaign& c) {
  return c.klass == Class::advertising ? text::Kind::advertising : text::Kind::care;
}

}  // namespace tongdai::campaigns
