package org.omerods.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExpositionTest {
    private static JsonNode status() throws IOException {
        return JsonMapper.builder().build().readTree("""
                        {"a": {"hits": 7, "used": 3.5, "word": "x"},
                         "calls": {"read \\"x\\"": {"n": 1}, "stat": {"n": 2}, "none": {}}}
                        """);
    }

    @Test
    void countersAndGaugesAreExposedUnderTheirNames() throws IOException {
        String text = Exposition.of(
                status(),
                List.of(Metric.counter("a.hits", "x_hits", "Hits."), Metric.gauge("a.used", "x_used", "Used.")),
                Map.of("mount", "/mnt"));
        assertThat(text)
                .contains("# HELP x_hits_total Hits.\n# TYPE x_hits_total counter\nx_hits_total{mount=\"/mnt\"} 7.0\n")
                .contains("# TYPE x_used gauge\nx_used{mount=\"/mnt\"} 3.5\n");
    }

    @Test
    void aStarBecomesALabelWhoseValueIsEscaped() throws IOException {
        String text =
                Exposition.of(status(), List.of(Metric.counter("calls.*.n", "x_calls", "call", "Calls.")), Map.of());
        assertThat(text)
                .contains("x_calls_total{call=\"read \\\"x\\\"\"} 1.0\n")
                .contains("x_calls_total{call=\"stat\"} 2.0\n")
                .doesNotContain("none");
    }

    @Test
    void whatIsMissingOrNoNumberIsLeftOut() throws IOException {
        String text = Exposition.of(
                status(),
                List.of(Metric.gauge("a.word", "x_word", "A word."), Metric.gauge("b.c", "x_c", "Missing.")),
                Map.of());
        assertThat(text).isEmpty();
    }
}
