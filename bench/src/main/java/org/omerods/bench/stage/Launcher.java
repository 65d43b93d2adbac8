package org.omerods.bench.stage;

import java.nio.file.Path;
import java.util.List;

/** How the program under measurement is started. */
final class Launcher {
    /** Set by `./omerods bench`: the launcher of the distribution that it built. */
    static final String PROPERTY = "omerods.launcher";

    private Launcher() {}

    /** The distribution's launcher; without one, the classes of this JVM with the launcher's options. */
    static List<String> command() {
        String launcher = System.getProperty(PROPERTY, "");
        if (!launcher.isEmpty()) {
            return List.of(launcher);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "org.omerods.cli.Main");
    }
}
