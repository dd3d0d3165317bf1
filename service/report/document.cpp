#include "report/document.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/locale.hpp"

namespace tongdai::report {
namespace {

using outbox::MessageState;
using small_cells::Shown;

/// Words of one language.
class Writer {
 public:
  Writer(const Figures& figures, const Edition& edition) : figures_(figures), edition_(edition) {}

  [[nodiscard]] Document write() const;

 private:
  [[nodiscard]] std::string say(Word w) const { return std::string(word(w, edition_.language)); }
  [[nodiscard]] Cell cell(Word w) const { return Cell::of(say(w)); }
  [[nodiscard]] Cell value(std::string_view name) const {
    return Cell::of(word_for(name, edition_.language));
  }
  [[nodiscard]] std::string span(TimePoint from, TimePoint to) const {
    const std::string first = print_date(from, edition_.zone, edition_.language);
    const std::string last = print_date(to, edition_.zone, edition_.language);
    return first == last ? first : first + " – " + last;
  }
  [[nodiscard]] static Cell share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? Cell{} : Cell::share(static_cast<double>(part) / static_cast<double>(whole));
  }
  [[nodiscard]] static Cell shown(const small_cells::Cell& c) {
    switch (c.shown) {
      case Shown::plain:
        return Cell::count(c.count);
      case Shown::below:
        return Cell::of(fmt::format("<{}", small_cells::least_shown));
      case Shown::hidden:
        return Cell::of("•");
    }
    return {};
  }
  void add_numbers(Cells& row, const CampaignFigures& f) const;
  [[nodiscard]] Section campaigns() const;
  [[nodiscard]] Section shares(Word heading, Word what, const std::vector<ShareFigures>& rows) const;
  [[nodiscard]] std::string line_name(const hotline::AggregateLine& line, Word unknown) const;
  [[nodiscard]] Section table(Word heading, const hotline::AggregateTable& of, Word unknown) const;
  [[nodiscard]] Section cases_by_unit() const;
  [[nodiscard]] Section cases_by_urgency() const;
  [[nodiscard]] Section cases_by_service() const;
  void add_small_notes(Section& section) const;

  const Figures& figures_;
  const Edition& edition_;
};

std::int64_t failed(const campaigns::Accounts& a) {
  return a.of(MessageState::failed) + a.of(MessageState::undelivered);
}

std::int64_t not_sent(const campaigns::Accounts& a) {
  return a.pending + a.of(MessageState::queued) + a.of(MessageState::submitting) +
         a.of(MessageState::expired) + a.of(MessageState::cancelled);
}

void Writer::add_numbers(Cells& row, const CampaignFigures& f) const {
  const campaigns::Accounts& a = f.accounts;
  for (const std::int64_t n : {a.audience, f.reached}) row.push_back(Cell::count(n));
  row.push_back(share(f.reached, a.audience));
  for (const std::int64_t n : {f.awaiting, failed(a), a.of(MessageState::suppressed), not_sent(a),
                               a.of(MessageState::uncertain), f.parts})
    row.push_back(Cell::count(n));
  if (figures_.has_cost) row.push_back(Cell::money(f.cost));
  row.push_back(Cell::count(f.opt_outs));
}

Section Writer::campaigns() const {
  Section s;
  s.heading = s.sheet = say(Word::campaigns);
  for (const Word w : {Word::campaign, Word::kind, Word::state, Word::planned, Word::texts_left,
                       Word::audience, Word::reached, Word::reached_share, Word::awaiting, Word::failed,
                       Word::left_out, Word::not_sent, Word::uncertain, Word::parts})
    s.columns.push_back(say(w));
  if (figures_.has_cost) s.columns.push_back(say(Word::cost));
  s.columns.push_back(say(Word::opt_outs));
  for (const CampaignFigures& f : figures_.campaigns) {
    Cells row{Cell::of(f.title), value(name_of(f.klass)), value(name_of(f.state)),
              Cell::of(span(f.start, f.end)), f.first && f.last ? Cell::of(span(*f.first, *f.last)) : Cell{}};
    add_numbers(row, f);
    s.rows.push_back(std::move(row));
  }
  if (s.rows.empty()) {
    s.columns.clear();
    s.notes.push_back(say(Word::no_campaigns));
    return s;
  }
  Cells total{cell(Word::total), {}, {}, {}, {}};
  add_numbers(total, figures_.total);
  s.rows.push_back(std::move(total));
  s.has_total = true;
  for (const Word w : {Word::note_reached, Word::note_left_out, Word::note_opt_outs})
    s.notes.push_back(say(w));
  if (figures_.has_cost) s.notes.push_back(say(Word::note_cost));
  return s;
}

Section Writer::shares(Word heading, Word what, const std::vector<ShareFigures>& rows) const {
  Section s;
  s.heading = s.sheet = say(heading);
  for (const Word w : {what, Word::audience, Word::reached, Word::reached_share, Word::parts})
    s.columns.push_back(say(w));
  for (const ShareFigures& r : rows) {
    const std::string name = !r.name.empty() ? r.name : !r.key.empty() ? r.key : say(Word::not_known);
    s.rows.push_back({Cell::of(name), Cell::count(r.audience), Cell::count(r.reached),
                      share(r.reached, r.audience), Cell::count(r.parts)});
  }
  if (what == Word::group) s.notes.push_back(say(Word::note_groups));
  return s;
}

std::string Writer::line_name(const hotline::AggregateLine& line, Word unknown) const {
  if (!line.name.empty()) return line.name;
  return line.key.empty() ? say(unknown) : word_for(line.key, edition_.language);
}

Section Writer::table(Word heading, const hotline::AggregateTable& of, Word unknown) const {
  Section s;
  s.heading = s.sheet = say(heading);
  s.columns.push_back(say(Word::unit));
  for (const auto& column : of.columns) {
    const bool is_interval = column.key.starts_with('1') || column.key.starts_with('2');
    s.columns.push_back(is_interval ? print_interval(column.key, edition_.language)
                                    : word_for(column.key, edition_.language));
  }
  s.columns.push_back(say(Word::total));
  for (std::size_t r = 0; r <= of.lines.size(); ++r) {
    Cells row{r < of.lines.size() ? Cell::of(line_name(of.lines[r], unknown)) : cell(Word::total)};
    for (std::size_t c = 0; c <= of.columns.size(); ++c) row.push_back(shown(of.counts.at(r, c)));
    s.rows.push_back(std::move(row));
  }
  s.has_total = true;
  add_small_notes(s);
  return s;
}

/// What the marks mean that stand in it.
void Writer::add_small_notes(Section& section) const {
  const auto has = [&](const std::string& mark) {
    return std::ranges::any_of(section.rows, [&](const Cells& row) {
      return std::ranges::any_of(row, [&](const Cell& c) { return c.text == mark; });
    });
  };
  if (has(fmt::format("<{}", small_cells::least_shown))) section.notes.push_back(say(Word::note_small));
  if (has("•")) section.notes.push_back(say(Word::note_hidden));
}

Section Writer::cases_by_unit() const {
  if (figures_.cases.cases.shown == Shown::plain)
    return table(Word::cases_by_unit, figures_.cases.by_unit, Word::not_known);
  Section s;  // a table of marks alone says nothing
  s.heading = s.sheet = say(Word::cases_by_unit);
  s.columns = {say(Word::unit), say(Word::cases)};
  s.rows = {{cell(Word::total), shown(figures_.cases.cases)}};
  s.has_total = true;
  add_small_notes(s);
  s.notes.push_back(say(Word::note_few));
  return s;
}

Section Writer::cases_by_urgency() const {
  Section s;
  s.heading = s.sheet = say(Word::cases_by_urgency);
  s.columns = {say(Word::urgency), say(Word::cases)};
  for (std::size_t i = 0; i < figures_.cases.urgencies.size(); ++i) {
    s.rows.push_back({value(figures_.cases.urgencies[i].key), shown(figures_.cases.by_urgency.cells[i])});
  }
  s.rows.push_back({cell(Word::total), shown(figures_.cases.by_urgency.total)});
  s.has_total = true;
  add_small_notes(s);
  return s;
}

Section Writer::cases_by_service() const {
  Section s = table(Word::cases_by_service, figures_.cases.by_service, Word::other_units);
  s.notes.push_back(say(Word::note_services));
  return s;
}

Document Writer::write() const {
  const Language l = edition_.language;
  Document d;
  d.language = l;
  d.title = say(Word::title);
  d.facts = {{say(Word::service), edition_.service},
             {say(Word::period), span(edition_.from, edition_.to - Duration{1})},
             {say(Word::made_at), print_moment(edition_.made_at, edition_.zone, l)}};
  d.sections.push_back(campaigns());
  if (!figures_.campaigns.empty()) {
    d.facts.emplace_back(say(Word::people_reached),
                         print_number(static_cast<double>(figures_.people_reached), 0, l));
    d.sections.push_back(shares(Word::by_unit, Word::unit, figures_.by_unit));
    d.sections.push_back(shares(Word::by_group, Word::group, figures_.by_group));
    d.sections.push_back(shares(Word::by_carrier, Word::carrier, figures_.by_carrier));
    d.sections.push_back(shares(Word::by_language, Word::text_language, figures_.by_language));
  }
  d.sections.push_back(cases_by_unit());
  if (!figures_.cases.urgencies.empty()) d.sections.push_back(cases_by_urgency());
  if (!figures_.cases.by_service.columns.empty()) d.sections.push_back(cases_by_service());
  return d;
}

}  // namespace

Document write_document(const Figures& figures, const Edition& edition) {
  return Writer(figures, edition).write();
}

}  // namespace tongdai::report
