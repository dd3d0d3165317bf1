#include "conformance/conformance.hpp"

#include "text/encoding.hpp"

namespace tongdai::conformance {

void Recorder::note() {
  if (inside_call) ++told_inside;
  if (stopped) ++told_after_stop;
}

void Recorder::on_link(gateway::Link link, std::string_view) {
  note();
  links.push_back(link);
}

void Recorder::on_result(gateway::SubmitResult result) {
  note();
  results.push_back(std::move(result));
}

void Recorder::on_receipt(gateway::Receipt receipt, std::move_only_function<void(bool)> done) {
  note();
  receipts.push_back(std::move(receipt));
  done(refuse_receipts-- <= 0);
}

void Recorder::on_inbound(gateway::Inbound text, std::move_only_function<void(bool)> done) {
  note();
  inbound.push_back(std::move(text));
  done(refuse_inbound-- <= 0);
}

void Conformance::SetUp() {
  peer_ = GetParam().make({loop_, time_, log_});
}

void Conformance::TearDown() {
  if (started_ && !seen.stopped) stop();
  peer_->pass(1min);
  // These hold in every test.
  EXPECT_EQ(seen.told_inside, 0) << "an event from inside submit or start";
  EXPECT_EQ(seen.told_after_stop, 0) << "an event after the end of stop";
  std::map<std::int64_t, int> ends;
  for (const gateway::SubmitResult& r : seen.results) ++ends[r.id.value];
  for (std::int64_t id = 1; id <= last_id_; ++id) EXPECT_EQ(ends[id], 1) << "results of submission " << id;
  EXPECT_EQ(ends.size(), static_cast<std::size_t>(last_id_)) << "a result for what was never submitted";
  for (const gateway::SubmitResult& r : seen.results) {
    EXPECT_EQ(r.reason.find(number(r.id.value).substr(3)), std::string::npos) << "a number in a reason";
  }
}

void Conformance::start() {
  started_ = true;
  seen.inside_call = true;
  gateway().start(seen);
  seen.inside_call = false;
}

void Conformance::stop() {
  gateway().stop([this] { seen.stopped = true; });
  EXPECT_TRUE(wait_until([this] { return seen.stopped; })) << "stop never ended";
}

bool Conformance::wait_until(const std::function<bool()>& reached) {
  constexpr Duration step{50};
  for (Duration waited{}; waited < 1min && !reached(); waited += step) peer_->pass(step);
  return reached();
}

bool Conformance::wait_for_link(gateway::Link link) {
  return wait_until([&] { return !seen.links.empty() && seen.links.back() == link; });
}

std::vector<MessageId> Conformance::submit(int count, const std::string& text) {
  const text::Measure m = text::measure(text);
  std::vector<std::string> numbers;
  for (int i = 1; i <= count; ++i) numbers.push_back(number(last_id_ + i));
  std::vector<gateway::Submission> batch;
  std::vector<MessageId> ids;
  for (const std::string& to : numbers) {
    ids.push_back(MessageId{++last_id_});
    batch.push_back({ids.back(), to, text, m.encoding, m.parts, 1h});
  }
  seen.inside_call = true;
  gateway().submit(batch);
  seen.inside_call = false;
  return ids;
}

const gateway::SubmitResult& Conformance::result_of(MessageId id) {
  static const gateway::SubmitResult none;
  for (const gateway::SubmitResult& r : seen.results) {
    if (r.id == id) return r;
  }
  ADD_FAILURE() << "submission " << id.value << " has no result";
  return none;
}

gateway::Outcome Conformance::outcome_of(MessageId id) {
  return result_of(id).outcome;
}

}  // namespace tongdai::conformance
