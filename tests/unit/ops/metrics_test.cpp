#include "ops/metrics.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace tongdai::ops {
namespace {

TEST(Metrics, ACounterAddsUpByItsLabels) {
  Metrics metrics;
  metrics.count("texts_total", "Texts", {{"gateway", "a"}});
  metrics.count("texts_total", "Texts", {{"gateway", "a"}}, 4);
  metrics.count("texts_total", "Texts", {{"gateway", "b"}});
  EXPECT_EQ(metrics.print(),
            "# HELP tongdai_texts_total Texts\n"
            "# TYPE tongdai_texts_total counter\n"
            "tongdai_texts_total{gateway=\"a\"} 5\n"
            "tongdai_texts_total{gateway=\"b\"} 1\n");
}

TEST(Metrics, ACounterAtHandIsTheSameCounter) {
  Metrics metrics;
  double& texts = metrics.counter("texts_total", "Texts", {{"gateway", "a"}});
  metrics.count("texts_total", "Texts", {{"gateway", "b"}});
  texts += 2;
  metrics.count("texts_total", "Texts", {{"gateway", "a"}});
  EXPECT_EQ(texts, 3);
}

TEST(Metrics, AGaugeKeepsItsLastValue) {
  Metrics metrics;
  metrics.gauge("queue", "Waiting", 7);
  metrics.gauge("queue", "Waiting", 2.5);
  EXPECT_EQ(metrics.print(),
            "# HELP tongdai_queue Waiting\n"
            "# TYPE tongdai_queue gauge\n"
            "tongdai_queue 2.5\n");
}

TEST(Metrics, LabelsAndHelpAreEscaped) {
  Metrics metrics;
  metrics.gauge("state", "a \"b\"\\\nc", 1, {{"name", "x\"y\\z\n"}, {"other", "1"}});
  EXPECT_EQ(metrics.print(),
            "# HELP tongdai_state a \"b\"\\\\\\nc\n"
            "# TYPE tongdai_state gauge\n"
            "tongdai_state{name=\"x\\\"y\\\\z\\n\",other=\"1\"} 1\n");
}

TEST(Metrics, WhatIsNoNumberIsWrittenAsPrometheusReadsIt) {
  Metrics metrics;
  const double infinity = std::numeric_limits<double>::infinity();
  metrics.gauge("a", "A", infinity);
  metrics.gauge("b", "B", -infinity);
  metrics.gauge("c", "C", std::numeric_limits<double>::quiet_NaN());
  const std::string text = metrics.print();
  EXPECT_NE(text.find("tongdai_a +Inf\n"), std::string::npos);
  EXPECT_NE(text.find("tongdai_b -Inf\n"), std::string::npos);
  EXPECT_NE(text.find("tongdai_c NaN\n"), std::string::npos);
}

TEST(Metrics, NothingIsPrintedOfNothing) {
  EXPECT_EQ(Metrics().print(), "");
}

}  // namespace
}  // namespace tongdai::ops
