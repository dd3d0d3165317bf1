#include "hotline/conversation/flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "text/encoding.hpp"
#include "text/fold.hpp"
#include "text/windows.hpp"

namespace tongdai::hotline {
namespace {

constexpr std::string_view end_name = "end";
constexpr std::size_t answer_words_max = 2;  // of a text that holds an answer among other words
constexpr std::int64_t patience_min_max = 24 * 60;

void read_texts(config::Reader& q, Question& question, const std::vector<std::string>& languages,
                const outbox::Discretion& discretion) {
  q.table("text", [&](config::Reader& r) {
    for (const std::string& language : languages) {
      std::string text = r.text(language);
      if (text.empty()) continue;
      if (const auto objection = discretion.objection(text)) {
        r.fault(language, "could never be sent to a reporter: " + objection->print());
      } else if (text::measure(text).parts != 1) {
        r.fault(language, "must fit into one part");
      }
      question.texts[language] = std::move(text);
    }
  });
  if (question.texts.empty()) q.fault("text", "must hold a text in each language");
}

void read_settled(config::Reader& r, Choice& choice) {
  if (r.has("channel")) choice.channel = from_name<Channel>(r.one_of("channel", {"none", "text", "call"}));
  if (r.has("content"))
    choice.content = from_name<Content>(r.one_of("content", {"none", "neutral", "explicit"}));
  if (!r.has("hours")) return;
  choice.hours = r.texts("hours");
  if (const auto windows = text::DayWindows::parse(*choice.hours); !windows)
    r.fault("hours", windows.error().what);
}

std::string read_next(config::Reader& r) {
  std::string next = r.text("next");
  return next == end_name ? "" : next;
}

Choice read_choice(config::Reader& r, const Words& words, std::set<std::string>& taken) {
  Choice choice;
  for (const std::string& written : r.texts("words")) {
    std::string word = text::fold(written);
    if (word.empty()) continue;
    if (!taken.insert(word).second)
      r.fault("words", fmt::format("\"{}\" gives another answer as well", word));
    if (std::ranges::find(words.commands.opt_out, word) != words.commands.opt_out.end())
      r.fault("words", fmt::format("\"{}\" asks to stop all texts", word));
    choice.words.push_back(std::move(word));
  }
  if (choice.words.empty()) r.fault("words", "must be a list of at least one word");
  choice.is_unsafe = r.boolean("unsafe", false);
  if (choice.is_unsafe) {
    if (r.has("next")) r.fault("next", "an answer that it is not safe ends the flow");
  } else {
    choice.next = read_next(r);
  }
  read_settled(r, choice);
  return choice;
}

Question read_question(config::Reader& q, const std::vector<std::string>& languages, const Words& words) {
  Question question;
  question.id = q.text("id");
  if (question.id == end_name) q.fault("id", "\"end\" is where a flow ends");
  const std::string asks =
      q.one_of("asks", {"safety", "choice", "agreed_word", "duress_word"}, name_of(Asks::choice));
  question.asks = from_name<Asks>(asks).value_or(Asks::choice);
  read_texts(q, question, languages, words.discretion());
  std::set<std::string> taken;
  q.tables("answer",
           [&](config::Reader& r, std::size_t) { question.choices.push_back(read_choice(r, words, taken)); });
  const bool takes_word = question.asks == Asks::agreed_word || question.asks == Asks::duress_word;
  if (takes_word) question.next = read_next(q);
  if (!takes_word && question.choices.empty()) q.fault("answer", "must hold at least one answer");
  return question;
}

std::vector<std::string> ways_on(const Question& question) {
  std::vector<std::string> ways;
  for (const Choice& choice : question.choices) {
    if (!choice.is_unsafe && !choice.next.empty()) ways.push_back(choice.next);
  }
  if (!question.next.empty()) ways.push_back(question.next);
  return ways;
}

/// Walks every way from a question. `path`: what led here.
void walk(const Flow& flow, const Question& question, std::vector<std::string>& path,
          std::set<std::string>& seen, config::Reader& top) {
  if (std::ranges::find(path, question.id) != path.end()) {
    top.fault("question",
              fmt::format("\"{}\" can be reached from itself: a flow must come to an end", question.id));
    return;
  }
  if (!seen.insert(question.id).second) return;
  path.push_back(question.id);
  for (const std::string& id : ways_on(question)) {
    if (const Question* on = flow.find(id)) {
      walk(flow, *on, path, seen, top);
    } else {
      top.fault("question", fmt::format("\"{}\" leads to \"{}\", which is no question", question.id, id));
    }
  }
  path.pop_back();
}

void check_ways(config::Reader& top, const Flow& flow) {
  if (flow.questions.empty()) return top.fault("question", "must hold at least one question");
  if (flow.questions.size() > Flow::questions_max)
    top.fault("question", fmt::format("must be at most {} questions", Flow::questions_max));
  const Question& first = flow.questions.front();
  if (first.asks != Asks::safety)
    top.fault("question", "the first must ask whether an answer is safe (asks = \"safety\")");
  if (std::ranges::none_of(first.choices, &Choice::is_unsafe))
    top.fault("question", "the first must have an answer that it is not safe (unsafe = true)");
  std::set<std::string> ids;
  for (const Question& q : flow.questions) {
    if (!ids.insert(q.id).second) top.fault("question", fmt::format("\"{}\" is there twice", q.id));
  }
  std::vector<std::string> path;
  std::set<std::string> seen;
  walk(flow, first, path, seen, top);
  for (const Question& q : flow.questions) {
    if (!seen.contains(q.id)) top.fault("question", fmt::format("no answer leads to \"{}\"", q.id));
  }
}

bool stands_in(const Choice& choice, std::string_view folded) {
  return std::ranges::any_of(choice.words,
                             [&](const std::string& w) { return text::contains_words(folded, w); });
}

}  // namespace

Flow Flow::read(const config::Node& document, const Words& words, config::Faults& faults) {
  Flow flow;
  config::Reader top(document, "", faults);
  flow.name = top.text("name");
  flow.patience = std::chrono::minutes{top.integer("patience_minutes", 5, patience_min_max, 60)};
  flow.languages = top.texts("languages");
  if (flow.languages.empty()) top.fault("languages", "must be a list of at least one language");
  top.tables("question", [&](config::Reader& q, std::size_t) {
    flow.questions.push_back(read_question(q, flow.languages, words));
  });
  check_ways(top, flow);
  return flow;
}

const Question* Flow::find(std::string_view id) const noexcept {
  const auto found = std::ranges::find(questions, id, &Question::id);
  return found == questions.end() ? nullptr : &*found;
}

const std::string& Flow::language_for(const std::string& language) const noexcept {
  const auto found = std::ranges::find(languages, language);
  return found == languages.end() ? languages.front() : *found;
}

const Choice* choice_in(const Question& question, std::string_view text) {
  const std::string folded = text::fold(text);
  for (const Choice& choice : question.choices) {
    if (std::ranges::find(choice.words, folded) != choice.words.end()) return &choice;
  }
  if (static_cast<std::size_t>(std::ranges::count(folded, ' ')) >= answer_words_max) return nullptr;
  const Choice* found = nullptr;
  for (const Choice& choice : question.choices) {
    if (!stands_in(choice, folded)) continue;
    if (found != nullptr) return nullptr;
    found = &choice;
  }
  return found;
}

}  // namespace tongdai::hotline
