#include <map>
#include <variant>

#include "api/handlers/handlers.hpp"
#include "api/views.hpp"
#include "text/fold.hpp"
#include "text/hints.hpp"
#include "text/template.hpp"

namespace tongdai::api {
namespace {

constexpr std::size_t values_max = 50;
constexpr std::size_t hinted_parts_max = 20;  // what is longer is no text for a phone

struct Typed {
  std::string text;  ///< with its places filled in
  std::vector<std::string> placeholders;
};

/// What stands for each name; a name that none is given for stands for itself.
std::map<std::string, std::string> read_values(config::Reader& r) {
  std::map<std::string, std::string> values;
  r.table("values", [&values](config::Reader& inner) {
    for (const auto& [name, node] : inner.members()) {
      const auto* const value = std::get_if<std::string>(&node.value());
      if (value == nullptr) inner.fault(name, "must be a text");
      if (value != nullptr) values[name] = text::clean_value(*value);
    }
  });
  if (values.size() > values_max) r.fault("values", "must be at most 50");
  return values;
}

Typed read_typed(config::Reader& r) {
  const std::string written = read_text(r, "text");
  const auto values = read_values(r);
  const auto parsed = text::Template::parse(written);
  if (!parsed) {
    r.fault("text", parsed.error().what);
    return {};
  }
  Typed typed{"", parsed->placeholders()};
  std::vector<std::string> fill;
  for (const std::string& name : typed.placeholders) {
    const auto value = values.find(name);
    fill.push_back(value == values.end() ? name : value->second);
  }
  typed.text = text::nfc(parsed->render(fill));
  if (text::measure(typed.text).parts > text::parts_max)
    r.fault("values", "make the text longer than 255 parts");
  return typed;
}

Json show(std::string text) {
  Json json;
  add_measure(json, text::measure(text));
  json["text"] = std::move(text);
  return json;
}

}  // namespace

Answer measure_text(Context& context, const Request& request) {
  (void)context;
  const auto typed = read_body(request, &read_typed);
  if (!typed) co_return typed.error();
  Json json = show(typed->text);
  json["outside_gsm7"] = Json::array();
  for (const text::Outsider& o : text::outside_gsm7(typed->text))
    json["outside_gsm7"].push_back({{"character", o.character}, {"at", o.at}});
  json["unaccented"] = show(text::strip_accents(typed->text));
  json["hints"] = Json::array();
  if (text::measure(typed->text).parts <= hinted_parts_max) {
    for (const text::Hint& hint : text::hints(typed->text))
      json["hints"].push_back({{"change", hint.change}, {"parts", hint.parts}});
  }
  json["placeholders"] = typed->placeholders;
  co_return json_response(200, json);
}

}  // namespace tongdai::api
