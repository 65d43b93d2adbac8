package org.omerods.bench.stage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.omerods.cli.Logging;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;
import org.omerods.zone.ZoneUser;

/**
 * The zone in a process of its own, with a few orders by lines: {@code register PATH FILE}, {@code fill COLLECTION COUNT
 * BYTES}, {@code statistics}. Each is answered by one line. It ends with its input.
 */
final class ZoneProgram {
    static final String USER = "rods";
    static final String NAME = "benchZone";
    static final String PASSWORD_FILE = "password";
    static final String DONE = "done";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ZoneProgram() {}

    /** Arguments: the data folder, which holds the password, and the address to listen on. */
    public static void main(String[] arguments) throws IOException {
        Logging.configure("warn");
        Path folder = Path.of(arguments[0]);
        String password = Files.readString(folder.resolve(PASSWORD_FILE)).strip();
        ZoneOptions options = ZoneOptions.inDirectory(folder)
                .withZoneName(NAME)
                .withBindAddress(InetAddress.getByName(arguments[1]))
                .withUsers(List.of(new ZoneUser(USER, password, true)));
        try (EmbeddedZone zone = EmbeddedZone.start(options);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            JavaProcess.say("port " + zone.port());
            String order = orders.readLine();
            while (order != null) {
                JavaProcess.say(carryOut(zone, order.split(" ")));
                order = orders.readLine();
            }
        }
    }

    private static String carryOut(EmbeddedZone zone, String[] words) {
        try {
            return switch (words[0]) {
                case "register" -> {
                    long id = zone.admin().registerInPlace(words[1], Path.of(words[2]));
                    yield DONE + " " + id;
                }
                case "fill" -> {
                    zone.admin().createCollections(words[1]);
                    List<String> names = IntStream.range(0, Integer.parseInt(words[2]))
                            .mapToObj(i -> Zone.nameOf(i))
                            .toList();
                    zone.admin().addObjects(words[1], names, new byte[Integer.parseInt(words[3])]);
                    yield DONE;
                }
                case "collection" -> {
                    zone.admin().createCollections(words[1]);
                    yield DONE;
                }
                case "statistics" -> JSON.writeValueAsString(zone.statistics());
                default -> "unknown order " + words[0];
            };
        } catch (IOException e) {
            return "failed: " + e.getMessage();
        }
    }
}
