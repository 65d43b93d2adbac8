package org.omerods.zone.catalog;

/** Taking logical paths apart. */
public final class LogicalPath {
    private LogicalPath() {}

    /** The path without slashes at its end, except for the root. */
    public static String trimmed(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** The collection that holds {@code path}; of the root, the root. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** The last component. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of {@code name} in {@code collection}. */
    public static String join(String collection, String name) {
        return collection.equals("/") ? "/" + name : collection + "/" + name;
    }

    /** Whether {@code path} is {@code collection} or below it. */
    public static boolean isWithin(String path, String collection) {
        return path.equals(collection) || collection.equals("/") || path.startsWith(collection + "/");
    }
}
