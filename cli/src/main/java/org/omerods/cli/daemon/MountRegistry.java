package org.omerods.cli.daemon;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mounts of this user: one small file each, gone with the mount, ignored when its process is. */
public final class MountRegistry {
    private static final Logger log = LoggerFactory.getLogger(MountRegistry.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SUFFIX = ".json";

    private final StateFolder folder;

    public MountRegistry(StateFolder folder) {
        this.folder = folder;
    }

    public void add(MountRecord mount) throws IOException {
        Path file = folder.file(Path.of(mount.mountPoint()), SUFFIX);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, JSON.writeValueAsBytes(mount));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes a mount off the list; never throws. */
    public void remove(Path mountPoint) {
        for (String suffix : List.of(SUFFIX, StatusServer.SUFFIX, ControlServer.SUFFIX)) {
            try {
                Files.deleteIfExists(folder.file(mountPoint, suffix));
            } catch (IOException e) {
                log.debug("state file of {} stays behind", mountPoint, e);
            }
        }
    }

    public Optional<MountRecord> find(Path mountPoint) throws IOException {
        return read(folder.file(mountPoint, SUFFIX));
    }

    /** All of them, those of dead processes included, by mount point. */
    public List<MountRecord> all() throws IOException {
        List<MountRecord> mounts = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path(), "*" + SUFFIX)) {
            for (Path file : files) {
                read(file).ifPresent(mounts::add);
            }
        }
        mounts.sort(Comparator.comparing(MountRecord::mountPoint));
        return mounts;
    }

    private static Optional<MountRecord> read(Path file) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), MountRecord.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            log.debug("{} is damaged and is ignored", file, e);
            return Optional.empty();
        }
    }
}
