package org.omerods.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every recorded conversation with a real server, replayed against the zone. Needs python3 and the recordings. */
final class ReplayIT {
    private static final Pattern DIFFERENCE = Pattern.compile("FAIL (\\S+) line (\\d+) .*");
    private static final Pattern SUMMARY = Pattern.compile("(\\d+) passed, (\\d+) failed");

    /** A run that stopped half-way would pass with few checks; the recordings have more than these. */
    private static final int LEAST_CHECKS = 4_500;

    @TempDir
    Path directory;

    @Test
    void zoneAnswersAsTheRecordedServer() throws IOException, InterruptedException {
        Optional<Path> recordings = SharedData.folder("irods-wire");
        assumeTrue(recordings.isPresent(), "the recordings (irods-wire) are not beside the checkout");
        assumeTrue(Programs.isPresent("python3"), "python3 is not installed");
        ZoneOptions options = ZoneOptions.inDirectory(directory).withProgressMessages(true);
        List<String> output;
        try (EmbeddedZone zone = EmbeddedZone.start(options)) {
            String script = recordings.get().resolve("replay.py").toString();
            output = Programs.run("python3", script, zone.host(), Integer.toString(zone.port()));
        }
        assertThat(differences(output)).isEqualTo(expected());
        Matcher summary = SUMMARY.matcher(output.getLast());
        assertThat(summary.matches()).as(output.getLast()).isTrue();
        assertThat(Integer.parseInt(summary.group(1))).isGreaterThan(LEAST_CHECKS);
        assertThat(Integer.parseInt(summary.group(2))).isEqualTo(expected().size());
    }

    private static List<String> differences(List<String> output) {
        TreeSet<String> result = new TreeSet<>();
        for (String line : output) {
            Matcher matcher = DIFFERENCE.matcher(line);
            if (matcher.matches()) {
                result.add(matcher.group(1) + " line " + matcher.group(2));
            }
        }
        return new ArrayList<>(result);
    }

    private static List<String> expected() {
        TreeSet<String> result = new TreeSet<>();
        for (Exclusion exclusion : Exclusion.ALL) {
            exclusion.lines().forEach(line -> result.add(exclusion.scenario() + " line " + line));
        }
        return new ArrayList<>(result);
    }
}
