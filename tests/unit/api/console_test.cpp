#include "api/console.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "served.hpp"

namespace tongdai::test {
namespace {

using api::Coding;
using api::coding_for;
using console_files::File;

constexpr std::array<File, 4> files{{
    {"/assets/font-1.woff2", "font/woff2", "f0", "dense bytes", "", ""},
    {"/assets/main-1.js", "text/javascript; charset=utf-8", "a1", "a long script", "zipped", "br"},
    {"/assets/old-1.js", "text/javascript; charset=utf-8", "b2", "a long script", "zipped", ""},
    {"/index.html", "text/html; charset=utf-8", "c3", "<!doctype html>", "zipped page", "br page"},
}};
constexpr const File& dense = files[0];
constexpr const File& script = files[1];
constexpr const File& only_zipped = files[2];

TEST(Coding, TheSmallestFormOfThoseLikedBest) {
  for (const std::string_view header :
       {"gzip, deflate, br, zstd", "br", "*", "BR;q=0.5, gzip;q=0.5", "gzip ; q=0.9,\tbr ;Q=1.000",
        "identity, *", "gzip;q=0, *;q=0.1", ", br,,"}) {
    EXPECT_EQ(coding_for(header, script), Coding::brotli) << header;
  }
  for (const std::string_view header : {"gzip", "gzip;q=0.001", "br;q=0.1, gzip;q=0.2", "deflate, gzip;q=1",
                                        "br;q=0, gzip, *;q=0", "*;q=0, gzip;q=0.5", "br;q=0, *"}) {
    EXPECT_EQ(coding_for(header, script), Coding::gzip) << header;
  }
}

TEST(Coding, WhoTakesNoneOrDoesNotSayGetsTheFileAsItIs) {
  for (const std::string_view header :
       {"", "identity", "deflate", "gzip;q=0, br;q=0.000", "*;q=0", "identity;q=0", "br;q=0, *;q=0",
        "identity, gzip;q=0.9, br;q=0.9", "xgzip, brotli"}) {
    EXPECT_EQ(coding_for(header, script), Coding::identity) << header;
  }
}

TEST(Coding, AWeightThatCannotBeReadIsNoWish) {
  for (const std::string_view header : {"br;q=2", "br;q=", "br;q=.5", "br;q=0.5555", "br;q=1.001", "br;q=x",
                                        "br;level=1", "br;q=-1", "br;q=0.5;x=1"}) {
    EXPECT_EQ(coding_for(header, script), Coding::identity) << header;
  }
}

TEST(Coding, OnlyWhatThereIs) {
  EXPECT_EQ(coding_for("br, gzip", only_zipped), Coding::gzip);
  EXPECT_EQ(coding_for("br", only_zipped), Coding::identity);
  EXPECT_EQ(coding_for("br, gzip", dense), Coding::identity);
  EXPECT_EQ(coding_for("br, gzip, identity;q=0", dense), Coding::identity);
}

RC_GTEST_PROP(CodingProperty, AnyHeaderIsAnswered, (const std::string& header)) {
  RC_ASSERT(coding_for(header, dense) == Coding::identity);
  static_cast<void>(coding_for(header, script));
  static_cast<void>(api::stands_for(header, "\"a1\""));
}

TEST(StandsFor, AnyOfTheTagsWeakOrStrong) {
  for (const std::string_view header :
       {"\"a1-br\"", "W/\"a1-br\"", "\"x\", \"a1-br\"", "\"x\" ,W/\"a1-br\" ", "*"}) {
    EXPECT_TRUE(api::stands_for(header, "\"a1-br\"")) << header;
  }
  for (const std::string_view header : {"", "\"a1\"", "a1-br", "\"A1-BR\"", "w/\"a1-br\"", "\"a1-br", ","}) {
    EXPECT_FALSE(api::stands_for(header, "\"a1-br\"")) << header;
  }
}

/// A server with this console, and one call that is for who has signed in.
class Console : public Served {
 protected:
  void serve(std::span<const File> console) {
    for (const std::string_view pattern : {"/", "/index.html", "/assets/{file}"}) {
      answers(
          api::Method::get, pattern, [console](const api::Request& r) { return console_answer(console, r); },
          api::Body::none, true);
    }
    answers(
        api::Method::get, "/robots.txt", [](const api::Request&) { return api::robots_answer(); },
        api::Body::none, true);
    answers(api::Method::get, "/api/v1/things", [](const api::Request&) { return ok(); });
    open();
  }
};

TEST_F(Console, StrangersGetThePageWithWhatGuardsIt) {
  serve(files);
  for (const std::string_view path : {"/", "/index.html", "/?from=a-link"}) {
    const HttpAnswer page = ask_tcp("GET", path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.body, "<!doctype html>");
    EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.headers.at("cache-control"), "no-cache");
    EXPECT_EQ(
        page.headers.at("content-security-policy"),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    EXPECT_EQ(page.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(page.headers.at("x-frame-options"), "DENY");
    EXPECT_EQ(page.headers.at("referrer-policy"), "no-referrer");
    EXPECT_EQ(page.headers.at("cross-origin-opener-policy"), "same-origin");
    EXPECT_EQ(page.headers.at("cross-origin-resource-policy"), "same-origin");
    EXPECT_TRUE(page.headers.at("permissions-policy").starts_with("camera=(), "));
    EXPECT_FALSE(page.headers.contains("strict-transport-security"))
        << "that is for who has TLS (RFC 6797 §7.2)";
    EXPECT_FALSE(page.headers.contains("set-cookie"));
  }
}

TEST_F(Console, AnAssetIsKeptForGood) {
  serve(files);
  const HttpAnswer asset = ask_tcp("GET", "/assets/main-1.js", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(asset.status, 200);
  EXPECT_EQ(asset.body, "br");
  EXPECT_EQ(asset.headers.at("content-encoding"), "br");
  EXPECT_EQ(asset.headers.at("content-length"), "2");
  EXPECT_EQ(asset.headers.at("vary"), "Accept-Encoding");
  EXPECT_EQ(asset.headers.at("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(asset.headers.at("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(asset.headers.at("etag"), "\"a1-br\"");
  const HttpAnswer plain = ask_tcp("GET", "/assets/main-1.js");
  EXPECT_EQ(plain.body, "a long script");
  EXPECT_EQ(plain.headers.at("etag"), "\"a1\"");
  EXPECT_EQ(plain.headers.at("vary"), "Accept-Encoding");
  EXPECT_FALSE(plain.headers.contains("content-encoding"));
}

TEST_F(Console, WhoHasItIsToldSoAndNoMore) {
  serve(files);
  Client client(listen_.socket);
  client.send(request("GET", "/", "Accept-Encoding: br\r\nIf-None-Match: W/\"c3-br\"\r\n") +
              request("GET", "/", "Accept-Encoding: gzip\r\nIf-None-Match: \"c3-br\"\r\n"));
  const HttpAnswer known = client.read();
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.headers.at("etag"), "\"c3-br\"");
  EXPECT_EQ(known.headers.at("vary"), "Accept-Encoding");
  EXPECT_EQ(known.headers.at("cache-control"), "no-cache");
  for (const char* absent : {"content-length", "content-type", "content-encoding"}) {
    EXPECT_FALSE(known.headers.contains(absent)) << absent;
  }
  const HttpAnswer other = client.read();
  EXPECT_EQ(other.status, 200) << "another coding is another representation";
  EXPECT_EQ(other.body, "zipped page");
}

TEST_F(Console, HeadIsGetWithoutItsBody) {
  serve(files);
  Client client(listen_.socket);
  client.send(request("HEAD", "/", "Accept-Encoding: gzip\r\n") + request("GET", "/assets/font-1.woff2"));
  const HttpAnswer head = client.read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(std::string_view("zipped page").size()));
  EXPECT_EQ(head.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(client.read().body, "dense bytes");
}

TEST_F(Console, NothingElseIsThere) {
  serve(files);
  for (const std::string_view path : {"/assets/other.js", "/assets/..%2F..%2Fetc%2Fpasswd", "/assets/%2E%2E",
                                      "/assets/..", "/assets/MAIN-1.js", "/assets/main-1.js%20"}) {
    const HttpAnswer answer = ask_tcp("GET", path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json") << path;
    EXPECT_EQ(answer.headers.at("cache-control"), "no-store") << path;
  }
  for (const std::string_view path :
       {"/assets", "/assets/", "/assets/../../etc/passwd", "/assets/x/../main-1.js", "/assets//main-1.js",
        "//", "/hotline", "/index.html/"}) {
    EXPECT_EQ(ask_tcp("GET", path).status, 401) << path << ": a stranger does not learn which there are";
    EXPECT_EQ(ask("GET", path).status, 404) << path;
  }
  EXPECT_EQ(ask_tcp("POST", "/").status, 401);
  EXPECT_EQ(ask("POST", "/").status, 405);
}

TEST_F(Console, AForeignNameIsNotServed) {
  serve(files);
  EXPECT_EQ(ask_tcp("GET", "/", "Host: evil.example\r\n").status, 403);
}

TEST_F(Console, ABuildWithoutOneSaysHowToMakeOne) {
  serve({});
  const HttpAnswer page = ask_tcp("GET", "/");
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.headers.at("content-type"), "application/problem+json");
  EXPECT_NE(page.body.find("/problems/no_console"), std::string::npos);
  EXPECT_NE(page.body.find("scripts/build"), std::string::npos);
  EXPECT_EQ(ask_tcp("GET", "/assets/main-1.js").status, 404);
}

TEST_F(Console, SearchEnginesAreSentAway) {
  serve({});
  const HttpAnswer robots = ask_tcp("GET", "/robots.txt");
  EXPECT_EQ(robots.status, 200);
  EXPECT_EQ(robots.headers.at("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(robots.body, "User-agent: *\nDisallow: /\n");
}

TEST_F(Console, WhatCallsAnswerDoesNothingInABrowser) {
  serve(files);
  for (const HttpAnswer& answer : {ask("GET", "/api/v1/things"), ask_tcp("GET", "/api/v1/things")}) {
    EXPECT_EQ(answer.headers.at("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
    EXPECT_FALSE(answer.headers.contains("etag"));
  }
}

}  // namespace
}  // namespace tongdai::test
