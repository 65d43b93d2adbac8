package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.fs.mounted.ZoneMount.Line;
import org.omerods.storage.decorate.StorageMetrics.Operation;

/** Large collections through a mount: complete, and without a question for each entry. */
final class ListingIT {
    @TempDir
    private Path scratch;

    private ZoneMount mountOf(String driver, int entries) throws Exception {
        Path tree = Files.createDirectories(scratch.resolve("tree"));
        ZoneMount mount = ZoneMount.open(scratch, tree, driver, Line.DIRECT, "/tempZone/home/rods");
        List<String> names = IntStream.range(0, entries)
                .mapToObj(i -> "slide-%06d.svs".formatted(i))
                .toList();
        mount.zone().admin().createCollections("/tempZone/home/rods/large");
        mount.zone().admin().addObjects("/tempZone/home/rods/large", names, new byte[] {1, 2, 3});
        return mount;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "jnr"})
    void lsOfTenThousandAsksForNoEntryAlone(String driver) throws Exception {
        Programs.require("ls");
        try (ZoneMount mount = mountOf(driver, 10_000)) {
            long before = mount.zone().statistics().totalRequests();
            List<String> lines = Programs.output(
                            "ls", "-l", mount.point().resolve("large").toString())
                    .lines()
                    .toList();
            assertThat(lines).hasSize(10_001).anyMatch(line -> line.endsWith(" slide-009999.svs"));
            assertThat(mount.metrics().count(Operation.LIST).calls()).isEqualTo(1);
            assertThat(mount.zone().statistics().totalRequests() - before).isLessThan(30);
        }
    }

    @Test
    void aHundredThousandAreComplete() throws Exception {
        try (ZoneMount mount = mountOf("dev", 100_000);
                Stream<Path> children = Files.list(mount.point().resolve("large"))) {
            assertThat(children.map(Path::getFileName)
                            .map(Path::toString)
                            .distinct()
                            .count())
                    .isEqualTo(100_000);
        }
    }
}
