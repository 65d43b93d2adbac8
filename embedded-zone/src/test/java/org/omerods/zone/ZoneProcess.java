package org.omerods.zone;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A zone in a JVM of its own, which a test kills. */
final class ZoneProcess {
    private ZoneProcess() {}

    /** Starts a zone in the directory of the first argument, prints its port, and runs until it is killed. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException, InterruptedException {
        EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(Path.of(arguments[0])));
        PrintStream out = System.out;
        out.println("port " + zone.port());
        out.flush();
        new CountDownLatch(1).await();
    }
}
