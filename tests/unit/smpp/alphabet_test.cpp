#include "gateway_adapters/smpp/codec/alphabet.hpp"

#include <gtest/gtest.h>

namespace tongdai::gateway::smpp {
namespace {

Bytes octets(std::string_view text) {
  return {text.begin(), text.end()};
}

TEST(DataCoding, ZeroIsTheRoutesDefault) {
  EXPECT_EQ(alphabet_of(0, Alphabet::latin1), Alphabet::latin1);
  EXPECT_EQ(alphabet_of(0, Alphabet::gsm7), Alphabet::gsm7);
}

TEST(DataCoding, KnowsTheStandardsAndTheNetworks) {
  EXPECT_EQ(alphabet_of(0x01, Alphabet::gsm7), Alphabet::ascii);
  EXPECT_EQ(alphabet_of(0x03, Alphabet::gsm7), Alphabet::latin1);
  EXPECT_EQ(alphabet_of(0x08, Alphabet::gsm7), Alphabet::ucs2);
  EXPECT_EQ(alphabet_of(0x18, Alphabet::gsm7), Alphabet::ucs2);  // class 0
  EXPECT_EQ(alphabet_of(0x48, Alphabet::gsm7), Alphabet::ucs2);  // to be deleted
  EXPECT_EQ(alphabet_of(0x10, Alphabet::gsm7), Alphabet::gsm7);
  EXPECT_EQ(alphabet_of(0xe8, Alphabet::gsm7), Alphabet::ucs2);  // message waiting
  EXPECT_EQ(alphabet_of(0xf1, Alphabet::gsm7), Alphabet::gsm7);
  for (const int unknown : {0x02, 0x04, 0x05, 0x06, 0x0e, 0x0f, 0x14, 0x28, 0x90, 0xf5})
    EXPECT_FALSE(alphabet_of(static_cast<std::uint8_t>(unknown), Alphabet::gsm7)) << unknown;
}

TEST(Alphabet, TheAtSignIsZeroInGsm7AndDoesNotCut) {
  EXPECT_EQ(to_alphabet("a@b", Alphabet::gsm7), (Bytes{'a', 0, 'b'}));
  EXPECT_EQ(from_alphabet(Bytes{'a', 0, 'b', 0}, Alphabet::gsm7).utf8, "a@b@");
}

TEST(Alphabet, WritesWhatItHasAndRefusesTheRest) {
  EXPECT_EQ(to_alphabet("Cé", Alphabet::latin1), (Bytes{'C', 0xe9}));
  EXPECT_EQ(to_alphabet("ế", Alphabet::ucs2), (Bytes{0x1e, 0xbf}));
  EXPECT_FALSE(to_alphabet("ế", Alphabet::latin1));
  EXPECT_FALSE(to_alphabet("é", Alphabet::ascii));
  EXPECT_FALSE(to_alphabet("ế", Alphabet::gsm7));
  EXPECT_FALSE(to_alphabet("\xff", Alphabet::ucs2));
  EXPECT_EQ(to_alphabet("ế", Alphabet::latin1).error().what, "character 1 is not in latin1");
}

TEST(Alphabet, ReadsUcs2InEitherOrderIfItIsMarked) {
  EXPECT_EQ(from_alphabet(Bytes{0x1e, 0xbf, 0, 'a'}, Alphabet::ucs2).utf8, "ếa");
  EXPECT_EQ(from_alphabet(Bytes{0xfe, 0xff, 0x1e, 0xbf}, Alphabet::ucs2).utf8, "ế");
  EXPECT_EQ(from_alphabet(Bytes{0xff, 0xfe, 0xbf, 0x1e, 'a', 0}, Alphabet::ucs2).utf8, "ếa");
}

TEST(Alphabet, CountsWhatCannotBeRead) {
  const Words words = from_alphabet(Bytes{0xd8, 0x3d, 0, 'a', 0x1e}, Alphabet::ucs2);
  EXPECT_EQ(words.utf8, "\uFFFDa\uFFFD");
  EXPECT_EQ(words.replaced, 2U);
}

TEST(Alphabet, HighOctetsWhereThereAreNoneAreUtf8OrLatin1) {
  const Words utf8 = from_alphabet(octets("cứu tôi"), Alphabet::gsm7);
  EXPECT_EQ(utf8.utf8, "cứu tôi");
  EXPECT_TRUE(utf8.guessed);
  EXPECT_EQ(from_alphabet(Bytes{'t', 0xf4, 'i'}, Alphabet::ascii).utf8, "tôi");
}

TEST(Alphabet, NoNulComesThrough) {
  EXPECT_EQ(from_alphabet(Bytes{'a', 0, 'b', 0, 0}, Alphabet::ascii).utf8, "a\uFFFDb");
  EXPECT_EQ(from_alphabet(Bytes{0, 'a', 0, 0}, Alphabet::ucs2).utf8, "a");
}

TEST(Guess, TakesTheLikeliest) {
  EXPECT_EQ(guess_words(octets("toi bi danh"), Alphabet::gsm7).utf8, "toi bi danh");
  EXPECT_EQ(guess_words(octets("tôi bị đánh"), Alphabet::gsm7).utf8, "tôi bị đánh");
  EXPECT_EQ(guess_words(*to_alphabet("tôi bị đánh", Alphabet::ucs2), Alphabet::gsm7).utf8, "tôi bị đánh");
  EXPECT_EQ(guess_words(*to_alphabet("cứu @ nhà", Alphabet::ucs2), Alphabet::gsm7).utf8, "cứu @ nhà");
  EXPECT_EQ(guess_words(*to_alphabet("o Than Uyen @", Alphabet::gsm7), Alphabet::gsm7).utf8, "o Than Uyen @");
  EXPECT_EQ(guess_words({}, Alphabet::gsm7).utf8, "");
  EXPECT_TRUE(guess_words(octets("a"), Alphabet::gsm7).guessed);
}

}  // namespace
}  // namespace tongdai::gateway::smpp
