package org.omerods.zone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zone that is killed in the middle of its work. */
final class CrashTest {
    private static final String HOME = "/tempZone/home/rods";
    private static final int ACKNOWLEDGED = 200;

    @TempDir
    Path directory;

    @Test
    void killedZoneKeepsWhatItAcknowledged() throws Exception {
        Process process = child();
        List<String> made = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            RawClient client = RawClient.login("127.0.0.1", port(lines), "rods", "rods");
            for (int i = 0; i < ACKNOWLEDGED; i++) {
                String path = HOME + "/o" + i;
                assertThat(client.put(path, path.getBytes(UTF_8))).isZero();
                made.add(path);
            }
            client.open(HOME + "/unfinished", 65);
            for (int i = 0; i < 50; i++) {
                client.send(
                        "RODS_API_REQ",
                        681,
                        "<CollInpNew_PI><collName>" + HOME + "/c" + i
                                + "</collName><flags>0</flags><oprType>0</oprType><KeyValPair_PI><ssLen>0</ssLen></KeyValPair_PI>"
                                + "</CollInpNew_PI>",
                        new byte[0]);
            }
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            client.close();
        }
        assertThat(integrity()).isEqualTo("ok");
        try (EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
                RawClient client = RawClient.login(zone, "rods", "rods")) {
            for (String path : made) {
                int descriptor = client.open(path, 0);
                assertThat(client.read(descriptor, 1000).bytes()).isEqualTo(path.getBytes(UTF_8));
                client.closeObject(descriptor);
            }
            assertThat(client.query(10, 0, List.of(413), 403, "='unfinished'").text("value"))
                    .isEqualTo("0");
            assertThat(client.open(HOME + "/unfinished", 1)).isGreaterThanOrEqualTo(3);
        }
    }

    private Process child() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ZoneProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("port ")) {
            line = lines.readLine();
        }
        assertThat(line).as("the zone in the child says its port").isNotNull();
        return Integer.parseInt(String.valueOf(line).substring("port ".length()));
    }

    private String integrity() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("catalog.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("pragma integrity_check")) {
            return rows.next() ? rows.getString(1) : "nothing";
        }
    }
}
