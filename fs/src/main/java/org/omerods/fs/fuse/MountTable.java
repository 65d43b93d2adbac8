package org.omerods.fs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mounts that this process sees: /proc/self/mountinfo at one moment, in its order. Immutable. */
public final class MountTable {
    /** Type of our mounts with either driver: fuse with the subtype omerods. */
    public static final String OMERODS_TYPE = "fuse.omerods";

    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

    private final List<Entry> entries;

    private MountTable(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * One mount.
     *
     * @param device major:minor, which also names its directory in /sys/class/bdi
     * @param mountPoint absolute, without escapes
     * @param type for example ext4, {@value #OMERODS_TYPE}
     * @param source the device column of /proc/mounts
     */
    public record Entry(String device, String mountPoint, String type, String source) {
        /** Whether omerods made it. */
        public boolean isOmerods() {
            return type.equals(OMERODS_TYPE);
        }
    }

    public static MountTable read() throws IOException {
        return parse(Files.readAllBytes(MOUNTINFO));
    }

    /** Parses mountinfo as proc_pid_mountinfo(5) describes it; lines of another shape are left out. */
    static MountTable parse(byte[] mountinfo) {
        List<Entry> entries = new ArrayList<>();
        for (String line : new String(mountinfo, ISO_8859_1).split("\n")) {
            // id parent major:minor root mountpoint options [tags...] - type source superoptions
            String[] fields = line.split(" ");
            int dash = 6;
            while (dash < fields.length && !fields[dash].equals("-")) {
                dash++;
            }
            if (dash + 2 < fields.length) {
                entries.add(new Entry(
                        fields[2], unescape(fields[4]), unescape(fields[dash + 1]), unescape(fields[dash + 2])));
            }
        }
        return new MountTable(entries);
    }

    /** The kernel writes space, tab, newline, backslash and # as three octal digits behind a backslash. */
    private static String unescape(String field) {
        byte[] bytes = new byte[field.length()];
        int length = 0;
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + 3 < field.length()) {
                bytes[length++] = (byte) Integer.parseInt(field.substring(i + 1, i + 4), 8);
                i += 3;
            } else {
                bytes[length++] = (byte) field.charAt(i);
            }
        }
        return new String(bytes, 0, length, UTF_8);
    }

    public List<Entry> entries() {
        return entries;
    }

    /** All mounts that omerods made and that are still there, alive or not. */
    public List<Entry> omerods() {
        return entries.stream().filter(Entry::isOmerods).toList();
    }

    /** The mount on top at exactly this place. {@code mountPoint} is absolute and free of symbolic links. */
    public Optional<Entry> at(Path mountPoint) {
        String path = mountPoint.toString();
        return entries.stream().filter(entry -> entry.mountPoint().equals(path)).reduce((lower, upper) -> upper);
    }

    /** Whether the mount of that device is still at that place. */
    public boolean contains(String device, Path mountPoint) {
        String path = mountPoint.toString();
        return entries.stream()
                .anyMatch(entry ->
                        entry.device().equals(device) && entry.mountPoint().equals(path));
    }
}
