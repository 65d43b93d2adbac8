package org.omerods.storage;

/**
 * Room of a place, in bytes; -1 where it does not tell.
 *
 * @param totalBytes all of it
 * @param freeBytes what can still be written
 */
public record Space(long totalBytes, long freeBytes) {
    public static final Space UNKNOWN = new Space(-1, -1);
}
