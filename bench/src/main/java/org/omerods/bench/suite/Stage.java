package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.omerods.bench.load.FileReader;
import org.omerods.bench.load.RandomReaders;
import org.omerods.bench.load.SequentialReader;
import org.omerods.bench.net.Link;
import org.omerods.bench.net.Links;
import org.omerods.bench.stage.Daemon;
import org.omerods.bench.stage.Folders;
import org.omerods.bench.stage.Zone;

/** A zone behind a network of one round-trip time, and fresh mounts of it. For one thread. */
final class Stage implements AutoCloseable {
    private static final String WARM_UP = "warm-up";
    private static final int WARM_UP_BYTES = 32 << 10;
    private static final int WARM_UP_BLOCK_BYTES = 1 << 20;
    private static final int WARM_UP_READERS = 8;
    private static final int WARM_UP_READS = 500;

    private final Run run;
    private final Link link;
    private final Zone zone;
    private final Path folder;
    private boolean warmUpIsThere;

    private Stage(Run run, Link link, Zone zone, Path folder) {
        this.run = run;
        this.link = link;
        this.zone = zone;
        this.folder = folder;
    }

    static Stage open(Run run, Duration roundTrip) throws IOException, InterruptedException {
        Link link = Links.open(roundTrip, run.plan().link());
        try {
            Path folder = run.newFolder("zone");
            return new Stage(run, link, Zone.start(link, folder), folder);
        } catch (IOException e) {
            link.close();
            throw e;
        }
    }

    Zone zone() {
        return zone;
    }

    Link link() {
        return link;
    }

    /** What a measurement does with a fresh mount. */
    @FunctionalInterface
    interface Work {
        void with(Daemon daemon) throws IOException, InterruptedException;
    }

    /** Mounts with an empty cache, works, unmounts and throws the cache away. */
    void onFreshMount(Map<String, String> settings, Work work) throws IOException, InterruptedException {
        Path place = run.newFolder("mount");
        Map<String, String> all = new HashMap<>(settings);
        if (link.kind() == Link.Kind.PROXY) {
            all.put("irods.resource-hosts", "false"); // would go past the proxy
        }
        run.touchMemory();
        try (Daemon daemon = Daemon.mount(zone, place, all)) {
            work.with(daemon);
        } finally {
            Folders.delete(place);
        }
    }

    /** The same on a mount that has read another object before: its connections are open and its code is compiled. */
    void onRunningMount(Map<String, String> settings, Work work) throws IOException, InterruptedException {
        Path sample = run.warmUpFile();
        if (!warmUpIsThere) {
            zone.register(WARM_UP, sample);
            warmUpIsThere = true;
        }
        RandomReaders.Task scattered = new RandomReaders.Task(
                Files.size(sample),
                WARM_UP_BYTES,
                WARM_UP_READERS,
                WARM_UP_READS,
                run.plan().seconds(),
                0);
        onFreshMount(settings, daemon -> {
            Path file = daemon.root().resolve(WARM_UP);
            long bytes = RandomReaders.run(scattered, () -> FileReader.open(file, WARM_UP_BYTES))
                    .bytes();
            bytes += SequentialReader.read(file, WARM_UP_BLOCK_BYTES, run.plan().seconds())
                    .bytes();
            if (bytes == 0) {
                throw new IOException("nothing could be read of " + file);
            }
            work.with(daemon);
        });
    }

    @Override
    public void close() throws IOException {
        zone.close();
        link.close();
        Folders.delete(folder);
    }
}
