# Headers of others that most files read, compiled once a kind of target: half of the time that a file takes to compile
# is theirs. A file includes what it uses all the same: scripts/check-tidy reads each without these.
option(TONGDAI_PRECOMPILE "Compile headers of others once" ON)

set(precompiled_common
  <algorithm> <array> <charconv> <chrono> <deque> <expected> <filesystem> <fstream> <functional> <map> <memory> <numeric>
  <optional> <random> <set> <span> <sstream> <string> <string_view> <system_error> <unordered_map> <variant> <vector>
  <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp> <boost/asio/post.hpp>
  <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>
  <SQLiteCpp/SQLiteCpp.h> <fmt/format.h> <fmt/ranges.h> <nlohmann/json.hpp>)
set(precompiled_tests ${precompiled_common} <gtest/gtest.h> <gmock/gmock.h> <rapidcheck/gtest.h>)

# The target that compiles the headers HEADER... for others of the same options; DEPS are the libraries that they are of.
function(tongdai_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS" ${ARGN})
  if(NOT TONGDAI_PRECOMPILE)
    return()
  endif()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp CONTENT "")
  add_library(${name} STATIC ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  target_link_libraries(${name} PRIVATE tongdai_boost fmt::fmt SQLiteCpp nlohmann_json::nlohmann_json ${ARG_DEPS})
  # The same headers are the same bytes whenever they are compiled: what is made with them is found in the cache.
  target_compile_options(${name} PRIVATE -Xclang -fno-pch-timestamp)
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

function(tongdai_use_precompiled target name)
  if(TARGET ${name})
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()
