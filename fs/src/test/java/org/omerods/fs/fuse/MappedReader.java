package org.omerods.fs.fuse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A program that reads a file through mmap and prints its SHA-256. A program of its own: a page fault stops the whole JVM
 * from reaching a safepoint, so a JVM must never map a file of a mount that it serves itself.
 */
final class MappedReader {
    private MappedReader() {}

    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (FileChannel channel = FileChannel.open(Path.of(arguments[0]))) {
            digest.update(channel.map(MapMode.READ_ONLY, 0, channel.size()));
        }
        System.out.println(HexFormat.of().formatHex(digest.digest()));
    }
}
