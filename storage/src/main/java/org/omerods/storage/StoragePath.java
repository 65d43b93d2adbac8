package org.omerods.storage;

/**
 * An absolute path of a place: {@code /} or {@code /tempZone/home/alice/slide.ndpi}. Components are not empty, not
 * {@code .} or {@code ..}, and hold no {@code /} or NUL; any other character may occur. No normalisation happens: composed
 * and decomposed forms are different names. Bytes that are not UTF-8 are kept as lone surrogates, see {@link NameCodec}.
 */
public record StoragePath(String value) implements Comparable<StoragePath> {

    public static final StoragePath ROOT = new StoragePath("/");

    public StoragePath {
        if (!value.startsWith("/")) {
            throw new IllegalArgumentException("path is not absolute: " + value);
        }
        if (value.length() > 1) {
            for (String component : value.substring(1).split("/", -1)) {
                String problem = problemOf(component);
                if (!problem.isEmpty()) {
                    throw new IllegalArgumentException("path " + value + ": " + problem);
                }
            }
        }
    }

    /** Reads a path that a person wrote: a trailing {@code /} and doubled ones are forgiven. */
    public static StoragePath of(String text) {
        String path = text.replaceAll("/+", "/");
        if (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return new StoragePath(path);
    }

    /** Why {@code name} cannot be a component; empty when it can. */
    public static String problemOf(String name) {
        if (name.isEmpty()) {
            return "an empty name";
        }
        if (name.equals(".") || name.equals("..")) {
            return "the name " + name + " is reserved";
        }
        return name.indexOf('/') >= 0 || name.indexOf('\0') >= 0 ? "a name with / or NUL" : "";
    }

    public boolean isRoot() {
        return value.length() == 1;
    }

    /** The last component; empty for the root. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** The path above; the root's is the root. */
    public StoragePath parent() {
        int slash = value.lastIndexOf('/');
        return slash <= 0 ? ROOT : new StoragePath(value.substring(0, slash));
    }

    /** The path of a child. */
    public StoragePath child(String name) {
        String problem = problemOf(name);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("in " + value + ": " + problem);
        }
        return new StoragePath(isRoot() ? "/" + name : value + "/" + name);
    }

    /** Whether this is {@code other} or lies below it. */
    public boolean isIn(StoragePath other) {
        return other.isRoot() || value.equals(other.value) || value.startsWith(other.value + "/");
    }

    /** Where this, which is {@code from} or lies below it, is when {@code from} is called {@code to}. */
    public StoragePath moved(StoragePath from, StoragePath to) {
        return new StoragePath(to.value + value.substring(from.value.length()));
    }

    /** Length in bytes, as a server counts it. */
    public int byteLength() {
        return NameCodec.encode(value).length;
    }

    @Override
    public int compareTo(StoragePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
