#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "ops/http_ping.hpp"

namespace tongdai::ops {

Result<PingTarget> parse_ping_url(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed) return fail(Code::invalid, "must be a URL such as https://watch.example/ping/1");
  PingTarget target;
  target.is_tls = parsed->scheme() == "https";
  if (!target.is_tls && parsed->scheme() != "http")
    return fail(Code::invalid, "must begin with http:// or https://");
  target.host = parsed->host_address();
  target.authority = std::string(parsed->encoded_host_and_port());
  if (target.host.empty()) return fail(Code::invalid, "must name a host");
  if (parsed->has_userinfo()) return fail(Code::invalid, "must not hold a name or a password");
  target.port = parsed->has_port() ? std::string(parsed->port()) : target.is_tls ? "443" : "80";
  target.path = std::string(parsed->encoded_path());
  if (target.path.empty()) target.path = "/";
  if (parsed->has_query()) target.path += "?" + std::string(parsed->encoded_query());
  return target;
}

}  // namespace tongdai::ops
