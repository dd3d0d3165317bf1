# Headers of others that most files read, compiled once a kind of target: half of the time that a file takes to compile
# is theirs. A file includes what it uses all the same: scripts/check-tidy reads each without these.
option(TONGDAI_PRECOMPILE "Compile headers of others once" ON)

set(precompiled_plain
  <algorithm> <array> <charconv> <chrono> <deque> <expected> <filesystem> <fstream> <functional> <map> <memory> <numeric>
  <optional> <random> <set> <span> <sstream> <string> <string_view> <system_error> <unordered_map> <variant> <vector>
  <fmt/format.h> <fmt/ranges.h> <nlohmann/json.hpp>)
set(precompiled_asio ${precompiled_plain}
  <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp> <boost/asio/post.hpp>
  <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp> <SQLiteCpp/SQLiteCpp.h>)
set(precompiled_tests <gtest/gtest.h> <gmock/gmock.h> <rapidcheck/gtest.h>)

# NAME_plain and NAME_asio: targets that compile those headers, and HEADERS, for others of the same options.
function(tongdai_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS" ${ARGN})
  if(NOT TONGDAI_PRECOMPILE)
    return()
  endif()
  foreach(kind plain asio)
    set(target ${name}_${kind})
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp CONTENT "")
    add_library(${target} STATIC ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
    target_link_libraries(${target} PRIVATE tongdai_boost fmt::fmt SQLiteCpp nlohmann_json::nlohmann_json ${ARG_DEPS})
    # The same headers are the same bytes whenever they are compiled: what is made with them is found in the cache.
    target_compile_options(${target} PRIVATE -Xclang -fno-pch-timestamp)
    target_precompile_headers(${target} PRIVATE ${precompiled_${kind}} ${ARG_HEADERS})
  endforeach()
endfunction()

# Those of NAME for a target that links DEPS. Asio is compiled in service/runtime: who does not link that must not read
# its headers, for they are not of headers alone.
function(tongdai_use_precompiled target name)
  set(kind plain)
  get_property(asio_rooms GLOBAL PROPERTY TONGDAI_ASIO_ROOMS)
  foreach(dep ${ARGN})
    if(dep STREQUAL tongdai_boost OR dep IN_LIST asio_rooms)
      set(kind asio)
    endif()
  endforeach()
  if(kind STREQUAL asio)
    set_property(GLOBAL APPEND PROPERTY TONGDAI_ASIO_ROOMS ${target})
  endif()
  if(TARGET ${name}_${kind})
    target_precompile_headers(${target} REUSE_FROM ${name}_${kind})
  endif()
endfunction()
