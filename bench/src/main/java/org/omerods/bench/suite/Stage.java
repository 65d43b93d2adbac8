package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.omerods.bench.net.Link;
import org.omerods.bench.net.Links;
import org.omerods.bench.stage.Daemon;
import org.omerods.bench.stage.Folders;
import org.omerods.bench.stage.Zone;

/** A zone behind a network of one round-trip time, and fresh mounts of it. For one thread. */
final class Stage implements AutoCloseable {
    private final Run run;
    private final Link link;
    private final Zone zone;
    private final Path folder;

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
        try (Daemon daemon = Daemon.mount(zone, place, all)) {
            work.with(daemon);
        } finally {
            Folders.delete(place);
        }
    }

    @Override
    public void close() throws IOException {
        zone.close();
        link.close();
        Folders.delete(folder);
    }
}
