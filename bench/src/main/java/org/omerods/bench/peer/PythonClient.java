package org.omerods.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.omerods.bench.load.Load;
import org.omerods.bench.machine.Shell;
import org.omerods.bench.stage.Zone;

/** python-irodsclient, as a script of a user would use it: open an object, read it in blocks. */
public final class PythonClient {
    /** Debian's own Python, for which its package is; another one on the PATH may lack it. */
    private static final String PYTHON = "/usr/bin/python3";

    private PythonClient() {}

    /** Whether it is installed. */
    public static boolean isInstalled() throws InterruptedException {
        try {
            String version = Shell.run(List.of(PYTHON, "-c", "import irods; print(irods.__version__)"));
            return !version.isBlank();
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads until the end or until the time is over. The login is not counted. */
    public static Load read(Zone zone, String name, int blockBytes, double maxSeconds)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("read-sequentially", ".py");
        try (InputStream source = PythonClient.class.getResourceAsStream("read-sequentially.py")) {
            if (source == null) {
                throw new IOException("read-sequentially.py is missing among the resources of the benchmark");
            }
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            String output = Shell.run(List.of(
                    PYTHON,
                    script.toString(),
                    zone.host(),
                    Integer.toString(zone.port()),
                    zone.zoneName(),
                    zone.user(),
                    zone.passwordFile().toString(),
                    Zone.home() + "/" + name,
                    Integer.toString(blockBytes),
                    Double.toString(maxSeconds)));
            String[] words = output.strip().split(" ");
            return new Load(Long.parseLong(words[0]), new long[0], Double.parseDouble(words[1]));
        } finally {
            Files.deleteIfExists(script);
        }
    }
}
