# Third-party libraries, all from Debian 12.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(OpenSSL REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_path(LIBCSV_INCLUDE csv.h REQUIRED)
find_library(LIBCSV csv REQUIRED)
add_library(tongdai_csv INTERFACE)
target_include_directories(tongdai_csv SYSTEM INTERFACE ${LIBCSV_INCLUDE})
target_link_libraries(tongdai_csv INTERFACE ${LIBCSV})

# Asio and Beast are header libraries; both are compiled once, in service/runtime and service/api.
add_library(tongdai_boost INTERFACE)
target_compile_definitions(tongdai_boost INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_BEAST_USE_STD_STRING_VIEW BOOST_ASIO_DISABLE_BOOST_COROUTINE)
target_link_libraries(tongdai_boost INTERFACE Threads::Threads OpenSSL::SSL OpenSSL::Crypto)
