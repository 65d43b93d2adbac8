package org.omerods.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.result.ResultFile;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class PlotTest {
    @TempDir
    private Path folder;

    @Test
    void eachSubjectIsALineWithADotForEachRoundTripTime() throws Exception {
        ResultFile file = new ResultFile("sequential", folder, Map.of());
        for (String subject : new String[] {"mount", "raw <client>"}) {
            for (String rtt : new String[] {"0", "1", "10"}) {
                Measurement measurement = Measurement.of(subject, "rtt_ms", rtt, "cache", "cold");
                measurement.add(new Repetition().put("MiB/s", 1_000 / (1 + Double.parseDouble(rtt))));
                file.add(measurement);
            }
        }
        Path written = file.write(folder);
        assertThat(written).exists();

        String svg = Plot.of("sequential", "x.svg", "title", "MiB/s", "cache", "cold")
                .svg(Results.read(folder));

        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(6);
        assertThat(document.getDocumentElement().getTextContent()).contains("raw <client>", "title, MiB/s");
    }

    @Test
    void nothingMeasuredIsNoPicture() throws Exception {
        assertThat(Plot.of("sequential", "x.svg", "title", "MiB/s").svg(Results.read(folder)))
                .isEmpty();
    }
}
