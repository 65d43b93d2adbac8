package org.omerods.omero.promotion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Checksums as iRODS writes them: {@code sha2:} and base64 of SHA-256, the like for SHA-512 and SHA-1, or an MD5 in hex. */
final class Digest {
    private static final int BUFFER = 4 << 20;

    private Digest() {}

    /**
     * The checksum of a file's first {@code size} bytes in the scheme of {@code like}.
     *
     * @param like a registered checksum, whose scheme counts
     * @return empty when that scheme is not known here
     */
    static Optional<String> of(FileChannel file, long size, String like) throws IOException {
        String scheme = like.contains(":") ? like.substring(0, like.indexOf(':') + 1) : "";
        String algorithm = switch (scheme) {
            case "sha2:" -> "SHA-256";
            case "sha512:" -> "SHA-512";
            case "sha1:" -> "SHA-1";
            case "" -> like.length() == 32 ? "MD5" : "";
            default -> "";
        };
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        byte[] digest = digest(file, size, algorithm);
        return Optional.of(
                scheme.isEmpty()
                        ? HexFormat.of().formatHex(digest)
                        : scheme + Base64.getEncoder().encodeToString(digest));
    }

    private static byte[] digest(FileChannel file, long size, String algorithm) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        for (long at = 0; at < size; ) {
            buffer.clear().limit((int) Math.min(BUFFER, size - at));
            int count = file.read(buffer, at);
            if (count <= 0) {
                throw new IOException("ends at " + at + " of " + size + " bytes");
            }
            digest.update(buffer.flip());
            at += count;
        }
        return digest.digest();
    }
}
