# Flags that every target gets. Third-party headers are SYSTEM and stay silent.
add_compile_options(
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-align
  -Woverloaded-virtual -Wconversion -Wsign-conversion -Wnull-dereference -Wformat=2
  -Wimplicit-fallthrough -Werror)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  add_link_options(-fuse-ld=lld)
endif()

set(TONGDAI_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")
if(TONGDAI_SANITIZE)
  add_compile_options(-fsanitize=${TONGDAI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TONGDAI_SANITIZE})
endif()

# One static library a folder. DEPS is the folder's list of allowed neighbours: what is not linked
# cannot be used, and scripts/check-includes holds the same table against the #include lines.
function(tongdai_library room)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE" ${ARGN})
  add_library(tongdai_${room} STATIC ${ARG_SOURCES})
  target_include_directories(tongdai_${room} PUBLIC ${PROJECT_SOURCE_DIR}/service ${PROJECT_SOURCE_DIR})
  target_link_libraries(tongdai_${room} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE})
  tongdai_use_precompiled(tongdai_${room} precompiled_service ${ARG_DEPS} ${ARG_PRIVATE})
endfunction()
