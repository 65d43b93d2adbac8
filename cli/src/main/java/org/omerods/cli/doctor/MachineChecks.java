package org.omerods.cli.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.Settings;
import org.omerods.cli.mount.CacheFolder;
import org.omerods.cli.terminal.Bytes;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.fs.fuse.dev.DevFuseDriver;
import org.omerods.fs.fuse.jnr.JnrFuseDriver;

/** What of this machine a mount needs: Java, FUSE, room for block files. */
public final class MachineChecks {
    private static final int JAVA = 25;
    private static final List<FuseDriver> DRIVERS = List.of(new DevFuseDriver(), new JnrFuseDriver());

    private MachineChecks() {}

    public static List<Finding> run(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.addAll(drivers());
        findings.add(cache(configuration));
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        String text = Runtime.version() + " in " + System.getProperty("java.home");
        return version >= JAVA
                ? Finding.ok("Java", text)
                : Finding.failed("Java", text, "install a JDK " + JAVA + " or set OMERODS_JAVA_HOME to its folder");
    }

    private static List<Finding> drivers() {
        List<Finding> findings = new ArrayList<>();
        boolean one = false;
        for (FuseDriver driver : DRIVERS) {
            one |= driver.unavailableBecause().isEmpty();
        }
        for (FuseDriver driver : DRIVERS) {
            String subject = "driver " + driver.name();
            String problem = driver.unavailableBecause();
            if (problem.isEmpty()) {
                findings.add(Finding.ok(subject, "usable"));
            } else if (one) {
                findings.add(Finding.note(subject, problem, "not needed: another driver works"));
            } else {
                findings.add(Finding.failed(subject, problem, "a mount needs one of the drivers"));
            }
        }
        return findings;
    }

    private static Finding cache(Configuration configuration) {
        String subject = "block files";
        Path folder = CacheFolder.of(configuration, System.getenv());
        long wanted = configuration.size(Settings.CACHE_MAX_SIZE);
        try {
            Path existing = firstExisting(folder);
            FileStore store = Files.getFileStore(existing);
            if (!Files.isWritable(existing)) {
                return Finding.failed(
                        subject, folder + " cannot be written", "give another folder with cache.directory");
            }
            String text = folder + ", " + Bytes.shown(store.getUsableSpace()) + " free of the " + Bytes.shown(wanted)
                    + " that cache.max-size allows";
            return store.getUsableSpace() >= wanted
                    ? Finding.ok(subject, text)
                    : Finding.note(subject, text, "lower cache.max-size or name a larger disk with cache.directory");
        } catch (IOException e) {
            return Finding.failed(subject, folder + ": " + e.getMessage(), "give another folder with cache.directory");
        }
    }

    private static Path firstExisting(Path folder) {
        Path path = folder.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}
