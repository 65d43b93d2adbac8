package org.omerods.zone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory tree that is served in place. */
final class ServedTreeTest {
    private static final String TREE = "/tempZone/home/rods/slides";

    @TempDir
    Path directory;

    private Path tree;
    private ZoneOptions options;

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectories(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("deep/deeper"));
        Files.writeString(tree.resolve("a.txt"), "first", UTF_8);
        Files.writeString(tree.resolve("deep/deeper/b.txt"), "second", UTF_8);
        options = ZoneOptions.inDirectory(directory.resolve("zone")).withTree(tree, TREE);
    }

    @Test
    void filesAreReadWhereTheyAre() throws IOException {
        try (EmbeddedZone zone = EmbeddedZone.start(options);
                RawClient client = RawClient.login(zone, "rods", "rods")) {
            int descriptor = client.open(TREE + "/deep/deeper/b.txt", 0);
            assertThat(client.read(descriptor, 100).bytes()).isEqualTo("second".getBytes(UTF_8));
            assertThat(zone.admin().physicalFile(TREE + "/a.txt"))
                    .isEqualTo(tree.toRealPath().resolve("a.txt"));
        }
    }

    @Test
    void newFileAppearsInTheListing() throws IOException {
        try (EmbeddedZone zone = EmbeddedZone.start(options);
                RawClient client = RawClient.login(zone, "rods", "rods")) {
            assertThat(names(client)).containsExactly("a.txt");
            Files.writeString(tree.resolve("new.txt"), "new", UTF_8);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(names(client)).containsExactly("a.txt", "new.txt"));
        }
    }

    @Test
    void removedFileDisappears() throws IOException {
        try (EmbeddedZone zone = EmbeddedZone.start(options);
                RawClient client = RawClient.login(zone, "rods", "rods")) {
            assertThat(client.stat(TREE + "/a.txt").status()).isEqualTo(1);
            Files.delete(tree.resolve("a.txt"));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(client.stat(TREE + "/a.txt").status()).isEqualTo(-310_000));
        }
    }

    @Test
    void numberStaysOverARestart() throws IOException {
        String before;
        try (EmbeddedZone zone = EmbeddedZone.start(options);
                RawClient client = RawClient.login(zone, "rods", "rods")) {
            before = client.stat(TREE + "/deep/deeper/b.txt").text("dataId");
        }
        try (EmbeddedZone zone = EmbeddedZone.start(options);
                RawClient client = RawClient.login(zone, "rods", "rods")) {
            assertThat(client.stat(TREE + "/deep/deeper/b.txt").text("dataId"))
                    .isEqualTo(before)
                    .isNotEmpty();
        }
    }

    @Test
    void checksumIsEmptyUntilAsked() throws IOException {
        try (EmbeddedZone zone = EmbeddedZone.start(options);
                RawClient client = RawClient.login(zone, "rods", "rods")) {
            assertThat(client.stat(TREE + "/a.txt").text("chksum")).isEmpty();
            String keys = "<KeyValPair_PI><ssLen>0</ssLen></KeyValPair_PI>";
            assertThat(client.call(629, RawClient.dataObject(TREE + "/a.txt", 0, 0, keys))
                            .text("myStr"))
                    .startsWith("sha2:");
            assertThat(client.stat(TREE + "/a.txt").text("chksum")).startsWith("sha2:");
        }
    }

    @Test
    void servedFileCannotBeWrittenOrRemoved() throws IOException {
        try (EmbeddedZone zone = EmbeddedZone.start(options);
                RawClient client = RawClient.login(zone, "rods", "rods")) {
            assertThat(client.open(TREE + "/a.txt", 1 | 512)).isEqualTo(-818_000);
            String force =
                    "<KeyValPair_PI><ssLen>1</ssLen><keyWord>forceFlag</keyWord><svalue></svalue></KeyValPair_PI>";
            assertThat(client.call(615, RawClient.dataObject(TREE + "/a.txt", 0, 0, force))
                            .status())
                    .isEqualTo(-818_000);
            assertThat(tree.resolve("a.txt")).hasContent("first");
        }
    }

    private static List<String> names(RawClient client) throws IOException {
        return client.query(100, 0, List.of(403), 501, "='" + TREE + "'").texts("value");
    }
}
