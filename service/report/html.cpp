#include "report/html.hpp"

#include <fmt/format.h>

#include "report/locale.hpp"

namespace tongdai::report {
namespace {

constexpr int money_decimals = 2;

constexpr std::string_view style = R"css(
  @page { size: A4 landscape; margin: 15mm; }
  body { font: 10pt/1.4 "Noto Sans", "Liberation Sans", Arial, sans-serif; color: #000; background: #fff;
         max-width: 277mm; margin: 1em auto; padding: 0 1em; }
  h1 { font-size: 16pt; margin: 0 0 .5em; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; margin: 0 0 1.5em; }
  dt { font-weight: bold; }
  dd { margin: 0; }
  table { border-collapse: collapse; width: 100%; margin: 0 0 .5em; font-size: 9pt; }
  caption { text-align: left; font-weight: bold; font-size: 12pt; padding: 1em 0 .4em; }
  th, td { border: 1px solid #666; padding: .2em .4em; text-align: left; vertical-align: top; }
  thead { display: table-header-group; }
  thead th { background: #eee; }
  td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
  tr { break-inside: avoid; }
  tr.total th, tr.total td { font-weight: bold; border-top: 2px solid #000; }
  p.note { font-size: 8.5pt; margin: .1em 0; color: #333; }
  @media print { body { margin: 0; padding: 0; max-width: none; } }
)css";

std::string shown(const Cell& cell, Language language) {
  switch (cell.kind) {
    case Cell::Kind::empty:
      return "";
    case Cell::Kind::text:
      return escape_html(cell.text);
    case Cell::Kind::count:
      return print_number(cell.number, 0, language);
    case Cell::Kind::share:
      return print_share(cell.number, language);
    case Cell::Kind::money:
      return print_number(cell.number, money_decimals, language);
  }
  return "";
}

void add_row(std::string& out, const Cells& row, bool is_total, Language language) {
  out += is_total ? "<tr class=\"total\">" : "<tr>";
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string text = shown(row[i], language);
    if (i == 0) {
      out += fmt::format("<th scope=\"row\">{}</th>", text);
    } else {
      const bool is_number = row[i].kind != Cell::Kind::text || text == "•" || text.starts_with("&lt;");
      out += fmt::format("<td{}>{}</td>", is_number ? " class=\"n\"" : "", text);
    }
  }
  out += "</tr>\n";
}

void add_section(std::string& out, const Section& section, Language language) {
  if (section.columns.empty()) {
    out += fmt::format("<h2>{}</h2>\n", escape_html(section.heading));
  } else {
    out += fmt::format("<table>\n<caption>{}</caption>\n<thead><tr>", escape_html(section.heading));
    for (const std::string& c : section.columns)
      out += fmt::format("<th scope=\"col\">{}</th>", escape_html(c));
    out += "</tr></thead>\n<tbody>\n";
    for (const Cells& row : section.rows)
      add_row(out, row, section.has_total && &row == &section.rows.back(), language);
    out += "</tbody>\n</table>\n";
  }
  for (const std::string& note : section.notes)
    out += fmt::format("<p class=\"note\">{}</p>\n", escape_html(note));
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

std::string print_html(const Document& d) {
  const std::string title = escape_html(d.title);
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{0}\">\n<head>\n<meta "
      "charset=\"utf-8\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\"/>\n"
      "<meta name=\"viewport\" "
      "content=\"width=device-width\"/>\n<title>{1}</title>\n<style>{2}</style>\n</head>\n"
      "<body>\n<h1>{1}</h1>\n<dl>\n",
      name_of(d.language), title, style);
  for (const auto& [what, value] : d.facts)
    out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", escape_html(what), escape_html(value));
  out += "</dl>\n";
  for (const Section& section : d.sections) add_section(out, section, d.language);
  for (const std::string& note : d.notes) out += fmt::format("<p class=\"note\">{}</p>\n", escape_html(note));
  return out + "</body>\n</html>\n";
}

}  // namespace tongdai::report
