#include <algorithm>

#include "gateway_adapters/smpp/codec/status.hpp"
#include "gateway_adapters/smpp/session/session.hpp"

namespace tongdai::gateway::smpp {

Actions Session::tick(MonoTime now) {
  Actions out;
  const auto due = [now](const std::optional<Pending>& own) { return own && own->deadline <= now; };
  expire_submissions(now, out);
  leave_if_drained(now, out);
  if (over()) return out;
  if (due(bind_)) {
    end(CloseReason::bind_timeout, out);
  } else if (due(unbind_)) {
    end(CloseReason::unbind_timeout, out);
  } else if (dismissed_until_ && *dismissed_until_ <= now) {
    end(CloseReason::centre_unbound, out);
  } else if (due(enquiry_)) {
    end(CloseReason::link_silent, out);
  } else if (state_ == SessionState::bound && !enquiry_ && last_heard_ + settings_.enquire_link <= now) {
    enquiry_ = Pending{next_sequence(), now + settings_.response_timeout};
    Bytes bytes;
    if (encode(EnquireLink{}, enquiry_->sequence, status::ok, bytes))
      out.emplace_back(SendBytes{std::move(bytes)});
  }
  return out;
}

void Session::expire_submissions(MonoTime now, Actions& out) {
  std::erase_if(window_, [&](const auto& entry) {
    if (entry.second.deadline > now) return false;
    out.emplace_back(InDoubt{entry.second.token});
    return true;
  });
}

std::optional<MonoTime> Session::next_timer() const {
  std::optional<MonoTime> first;
  const auto consider = [&first](MonoTime at) { first = first ? std::min(*first, at) : at; };
  for (const auto* own : {&bind_, &enquiry_, &unbind_}) {
    if (*own) consider((*own)->deadline);
  }
  if (dismissed_until_) consider(*dismissed_until_);
  for (const auto& [sequence, submission] : window_) consider(submission.deadline);
  if (state_ == SessionState::bound && !enquiry_) consider(last_heard_ + settings_.enquire_link);
  return first;
}

}  // namespace tongdai::gateway::smpp
