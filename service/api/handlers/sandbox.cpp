#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "storage/await.hpp"

namespace tongdai::api {
namespace {

constexpr std::size_t brand_chars_max = 11;  // of an alphanumeric sender

struct Played {
  Phone from;
  Phone line;
  std::string text;
};

Response no_sandbox() {
  return problem(Error{Code::not_found,
                       "no gateway of this installation is a sandbox: add one with adapter = \"sandbox\""});
}

/// A number, or a name such as "Viettel": what networks send from must be played, too.
Phone read_sender(config::Reader& r, const text::NumberingPlan& plan) {
  const std::string written = r.text("from");
  if (const auto number = plan.parse(written)) return number->phone;
  Phone brand = Phone::stored(written);
  if (brand.is_alphanumeric() && written.size() <= brand_chars_max) return brand;
  if (!written.empty())
    r.fault("from", "must be a phone number, or a sender's name of at most 11 characters");
  return {};
}

Played read_played(config::Reader& r, const Context& context) {
  Played played;
  played.from = read_sender(r, context.plan);
  played.line = read_phone(r, "to", context.plan, false);
  if (!r.has("to")) played.line = context.default_line;
  if (played.line.empty() && !r.has("to")) r.fault("to", "is required: no line is configured");
  played.text = read_text(r, "text");
  return played;
}

Json show(const gateway::Heard& h) {
  return {{"from", h.from}, {"text", h.text}, {"at", time_json(h.at)}};
}

}  // namespace

Answer play_text(Context& context, const Request& request) {
  gateway::Handsets* handsets = context.dispatcher.handsets();
  if (handsets == nullptr) co_return no_sandbox();
  const auto played = read_body(request, [&](config::Reader& r) { return read_played(r, context); });
  if (!played) co_return played.error();
  bool stored = false;
  co_await storage::await_callback([&](auto done) {
    handsets->text(played->from, played->line, played->text,
                   [&stored, done = std::move(done)](bool ok) mutable {
                     stored = ok;
                     done(nullptr);
                   });
  });
  if (!stored) co_return problem(Error{Code::unavailable, "the text could not be stored; try again"});
  co_return json_response(200, {{"stored", true}});
}

Answer show_inbox(Context& context, const Request& request) {
  const gateway::Handsets* handsets = context.dispatcher.handsets();
  if (handsets == nullptr) co_return no_sandbox();
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  const auto phone = place_phone(request, context.plan);
  if (!phone) co_return problem(phone.error());
  const auto heard = handsets->inbox(*phone);
  co_return json_response(200, page_of(heard, *page, [](const gateway::Heard& h) { return show(h); }));
}

Answer list_handsets(Context& context, const Request& request) {
  const gateway::Handsets* handsets = context.dispatcher.handsets();
  if (handsets == nullptr) co_return no_sandbox();
  const auto page = read_query(request, [](config::Reader& r) { return read_page(r); });
  if (!page) co_return page.error();
  co_return json_response(200, page_of(handsets->all(), *page, [](const gateway::Handset& h) {
                            return Json{
                                {"phone", h.phone.reveal()}, {"texts", h.texts}, {"last", show(h.last)}};
                          }));
}

}  // namespace tongdai::api
