package org.omerods.fs.block;

/**
 * What is kept of one object version.
 *
 * @param path where the object lay when its first byte was kept
 * @param size of the object in bytes
 * @param cachedBytes of it that are here
 * @param pinned whether it stays until somebody unpins or evicts it
 */
public record CachedContent(String path, long size, long cachedBytes, boolean pinned) {
    public boolean isComplete() {
        return cachedBytes == size;
    }
}
