package org.omerods.storage.local;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.omerods.storage.NameCodec;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/**
 * Between names of the place and file names, byte for byte. Java's paths of text would lose names that are not UTF-8 and,
 * under LANG=C, all non-ASCII ones; its file URIs carry the raw bytes percent-encoded both ways.
 */
final class LocalNames {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/";

    /** PATH_MAX without its end mark. */
    private static final int MAX_PATH_BYTES = 4_095;

    private final String rootUri;

    LocalNames(Path root) {
        String path = root.toUri().getRawPath();
        this.rootUri = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The file of a path. */
    Path file(StoragePath path) {
        return Path.of(URI.create("file://" + rootUri + encode(path.value())));
    }

    /** What the operating system leaves for paths below the root. */
    int maxPathBytes() {
        return MAX_PATH_BYTES - NameCodec.encode(decode(rootUri)).length;
    }

    /** The last component of a file, bytes that are not UTF-8 escaped as {@link NameCodec} does. */
    static String nameOf(Path file) {
        String uri = file.toUri().getRawPath();
        String path = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        return decode(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Where a symbolic link leads, as it was written. */
    static String targetOf(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        String uri = Path.of("/").resolve(target).toUri().getRawPath();
        String path = uri.length() > 1 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        return decode(target.isAbsolute() ? path : path.substring(1));
    }

    /** A target as java.nio wants it. @throws StorageException INVALID where this JVM's file names cannot hold it */
    static Path target(StoragePath link, String target) throws StorageException {
        try {
            return Path.of(target);
        } catch (InvalidPathException e) {
            throw new StorageException(
                    Reason.INVALID, "create link", link.value(), "its target cannot be written: " + e.getReason(), e);
        }
    }

    private static String encode(String path) {
        StringBuilder out = new StringBuilder();
        for (byte b : NameCodec.encode(path)) {
            if (b > 0 && PLAIN.indexOf((char) b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static String decode(String encoded) {
        byte[] in = encoded.getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                out[length++] = (byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3);
                i += 2;
            } else {
                out[length++] = in[i];
            }
        }
        return NameCodec.decode(java.util.Arrays.copyOf(out, length));
    }
}
