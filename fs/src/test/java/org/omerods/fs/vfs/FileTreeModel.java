package org.omerods.fs.vfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A filesystem that is easy to be sure about: a map from paths to files in memory. What it answers is right by definition. */
final class FileTreeModel {
    /** A file, whatever its names. */
    static final class ModelFile {
        byte[] bytes = new byte[0];
    }

    /** Empty for directories. The root is not among them. */
    private final Map<String, Optional<ModelFile>> entries = new TreeMap<>();

    Map<String, Optional<ModelFile>> entries() {
        return entries;
    }

    private boolean isDirectory(String path) {
        return path.isEmpty()
                || entries.getOrDefault(path, Optional.of(new ModelFile())).isEmpty();
    }

    private static String parentOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    List<String> children(String path) {
        List<String> children = new ArrayList<>();
        for (String entry : entries.keySet()) {
            if (!entry.isEmpty() && parentOf(entry).equals(path)) {
                children.add(entry.substring(entry.lastIndexOf('/') + 1));
            }
        }
        return children;
    }

    boolean reaches(String path) {
        return isDirectory(parentOf(path));
    }

    @Nullable
    ModelFile file(String path) {
        return entries.getOrDefault(path, Optional.empty()).orElse(null);
    }

    boolean exists(String path) {
        return entries.containsKey(path);
    }

    boolean isDirectoryAt(String path) {
        return exists(path) && isDirectory(path);
    }

    void create(String path) {
        entries.put(path, Optional.of(new ModelFile()));
    }

    void makeDirectory(String path) {
        entries.put(path, Optional.empty());
    }

    void remove(String path) {
        entries.remove(path);
    }

    void rename(String from, String to) {
        Map<String, Optional<ModelFile>> moved = new TreeMap<>();
        entries.entrySet().removeIf(entry -> {
            String path = entry.getKey();
            boolean inside = path.equals(from) || path.startsWith(from + "/");
            if (inside) {
                moved.put(to + path.substring(from.length()), entry.getValue());
            }
            return inside;
        });
        entries.putAll(moved);
    }

    static void write(ModelFile file, int offset, byte[] data) {
        if (data.length > 0) {
            file.bytes = Arrays.copyOf(file.bytes, Math.max(file.bytes.length, offset + data.length));
            System.arraycopy(data, 0, file.bytes, offset, data.length);
        }
    }

    static byte[] read(ModelFile file, int offset, int size) {
        int start = Math.min(offset, file.bytes.length);
        return Arrays.copyOfRange(file.bytes, start, Math.min(file.bytes.length, start + size));
    }
}
