#pragma once

#include <string_view>

/// The schema's steps, one file each. What a table is for stands beside it.
namespace tongdai::storage::migration {

extern const std::string_view foundation;
extern const std::string_view directory;
extern const std::string_view outbox;
extern const std::string_view inbox;
extern const std::string_view campaigns;
extern const std::string_view hotline;
extern const std::string_view schedules;
extern const std::string_view audiences;
extern const std::string_view revisions;
extern const std::string_view series;
extern const std::string_view texts;
extern const std::string_view recognition;
extern const std::string_view drips;
extern const std::string_view referrals;
extern const std::string_view duty;
extern const std::string_view clocks;
extern const std::string_view routing;
extern const std::string_view sealing;
extern const std::string_view journal;
extern const std::string_view conversation;
extern const std::string_view watch;
extern const std::string_view doomed_keys;
extern const std::string_view people;

}  // namespace tongdai::storage::migration
