package org.omerods.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.omerods.cli.config.SettingKind;
import org.omerods.cli.daemon.ControlServer;
import org.omerods.cli.daemon.MountRecord;
import org.omerods.cli.daemon.MountRegistry;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.cli.terminal.Bytes;
import org.omerods.cli.terminal.ProgressBar;

/** One question to the process of a mount, with a progress bar while it works, and its answer for people or programs. */
final class CacheConversation {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StateFolder folder;
    private final Path mountPoint;

    private CacheConversation(StateFolder folder, Path mountPoint) {
        this.folder = folder;
        this.mountPoint = mountPoint;
    }

    /** With the mount on {@code point}; with the only one when that is empty. */
    static CacheConversation with(String point) throws IOException {
        StateFolder folder = StateFolder.open(System.getenv());
        List<MountRecord> mounts = new MountRegistry(folder)
                .all().stream().filter(MountRecord::alive).toList();
        if (point.isEmpty()) {
            if (mounts.size() == 1) {
                return new CacheConversation(folder, Path.of(mounts.getFirst().mountPoint()));
            }
            throw new IOException(
                    mounts.isEmpty()
                            ? "no mounts; `omerods mount` makes one"
                            : "there are " + mounts.size() + " mounts: name one of them (omerods status)");
        }
        Path wanted = Path.of(point).toAbsolutePath().normalize();
        if (mounts.stream().noneMatch(mount -> mount.mountPoint().equals(wanted.toString()))) {
            throw new IOException(wanted + " is not mounted by this user (omerods status)");
        }
        return new CacheConversation(folder, wanted);
    }

    /** With the mount that all these paths are in. */
    static CacheConversation about(List<Path> paths) throws IOException {
        StateFolder folder = StateFolder.open(System.getenv());
        List<MountRecord> mounts = new MountRegistry(folder)
                .all().stream().filter(MountRecord::alive).toList();
        Path first = paths.getFirst().toAbsolutePath().normalize();
        Optional<Path> point = mounts.stream()
                .map(mount -> Path.of(mount.mountPoint()))
                .filter(first::startsWith)
                .findFirst();
        if (point.isEmpty()) {
            throw new IOException(first + " is in no mount of this user (omerods status)");
        }
        return new CacheConversation(folder, point.get());
    }

    /** Paths as the mount's process wants them. */
    List<String> relative(List<Path> paths) throws IOException {
        List<String> relative = new ArrayList<>();
        for (Path path : paths) {
            Path whole = path.toAbsolutePath().normalize();
            if (!whole.startsWith(mountPoint)) {
                throw new IOException(whole + " is not in the mount on " + mountPoint + "; name paths of one mount");
            }
            if (!Files.exists(whole)) {
                throw new IOException(whole + " does not exist");
            }
            relative.add(mountPoint.relativize(whole).toString());
        }
        return relative;
    }

    /** Asks, and waits with a progress bar. */
    JsonNode ask(String what, String operation, Map<String, ?> more) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>(more);
        request.put("operation", operation);
        try (ProgressBar bar = new ProgressBar(what)) {
            return ControlServer.ask(
                    folder,
                    mountPoint,
                    request,
                    told -> bar.advance(
                            told.path("doneBytes").asLong(),
                            told.path("totalBytes").asLong()));
        }
    }

    /** A size as settings have it. */
    static long size(String option, String text) throws IOException {
        try {
            return (Long) SettingKind.SIZE.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(option + ": " + e.getMessage(), e);
        }
    }

    /** Prints an answer as it is, or each of its figures on a line. */
    static void print(PrintWriter out, JsonNode answer, boolean json) throws IOException {
        if (json) {
            out.println(JSON.writeValueAsString(answer));
        } else {
            for (Map.Entry<String, JsonNode> field : answer.properties()) {
                boolean bytes = field.getKey().toLowerCase(Locale.ROOT).endsWith("bytes");
                String value = bytes
                        ? Bytes.shown(field.getValue().asLong())
                        : field.getValue().isArray()
                                ? field.getValue().toString()
                                : field.getValue().asText();
                out.printf("%-18s %s%n", field.getKey(), value);
            }
        }
        out.flush();
    }
}
