#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "support/source_dir.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// The kept inputs of one target, once each, without the fuzzer: so every build and sanitizer sees them.
namespace {

#define REPLAY(target) TEST(FuzzCorpus, target)
#define WRITTEN(target) #target
#define FOLDER_OF(target) "/tests/fuzz/corpus/" WRITTEN(target)

REPLAY(TONGDAI_FUZZ_TARGET) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(tongdai::in_checkout(FOLDER_OF(TONGDAI_FUZZ_TARGET))))
    files.push_back(entry.path());
  std::ranges::sort(files);
  ASSERT_FALSE(files.empty());
  for (const auto& file : files) {
    SCOPED_TRACE(file.filename().string());
    std::ifstream in(file, std::ios::binary);
    ASSERT_TRUE(in.is_open());
    const std::vector<char> octets{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    std::cout << file.filename().string() << '\n'
              << std::flush;  // the last one named is the one that ends us
    EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()), 0);
  }
}

}  // namespace
