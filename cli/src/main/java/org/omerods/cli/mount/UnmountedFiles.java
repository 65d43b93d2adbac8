package org.omerods.cli.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.omerods.cli.config.Configuration;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.staging.StagedProblem;
import org.omerods.fs.staging.Staging;
import org.omerods.fs.staging.StagingConfig;
import org.omerods.fs.staging.StagingListener;
import org.omerods.fs.staging.StagingStatus;
import org.omerods.storage.DataObject;

/** Files that a mount which does not run any more has left: uploads what can be, and lets a person decide about the rest. */
public final class UnmountedFiles implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Staging staging;
    private final RecoveryOrders orders;

    private UnmountedFiles(Staging staging) {
        this.staging = staging;
        this.orders = new RecoveryOrders(() -> Map.of("", staging));
    }

    /**
     * Takes them up, and begins to upload them.
     *
     * @param source what was mounted, by the same user
     * @throws IOException when there are none, a mount has them, or they are of something else
     */
    public static UnmountedFiles open(Configuration configuration, Path mountPoint, Source source) throws IOException {
        StagingConfig config = FilesystemSettings.stagingOf(configuration, mountPoint, source);
        if (!Files.isDirectory(config.directory())) {
            throw new IOException("nothing that was written to " + mountPoint + " waits in " + config.directory()
                    + " (staging.directory)");
        }
        Staging staging = Staging.open(
                source.storage(), config, new StoredBases(source.storage()), new Nobody(), InstantSource.system());
        staging.start();
        return new UnmountedFiles(staging);
    }

    /** What is known of the files now. */
    public StagingStatus status() {
        return staging.status();
    }

    /** Waits until each file is uploaded or has a problem. Returns those with a problem. */
    public List<StagedProblem> awaitUploads() throws InterruptedException {
        StagingStatus status = staging.status();
        while (status.dirty() > status.problems().size()) {
            Thread.sleep(LOOK_AGAIN);
            status = staging.status();
        }
        return status.problems();
    }

    /** Carries out an order of a person: the words are those of {@link RecoveryOrders#carryOut}. */
    public RecoveryOrders.Outcome carryOut(List<String> words) {
        return orders.carryOut("", words);
    }

    @Override
    public void close() {
        staging.close();
    }

    /** Nobody has anything open. */
    static final class Nobody implements StagingListener {
        @Override
        public void uploaded(StagedFile file, DataObject now) {}

        @Override
        public boolean takes(DataObject now, Path bytes) {
            return false;
        }

        @Override
        public void settled(StagedFile file, DataObject now) {}

        @Override
        public void parked(StagedFile file) {}
    }
}
