package org.omerods.zone.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Checksums as the catalog writes them: {@code sha2:} and base64 of SHA-256, or 32 hex digits of MD5. */
public final class Checksums {
    private static final int PIECE_BYTES = 1024 * 1024;

    private Checksums() {}

    /** The SHA-256 form of the whole file. */
    public static String sha256(FileChannel file) throws IOException {
        return "sha2:" + Base64.getEncoder().encodeToString(digest(file, "SHA-256"));
    }

    /** The checksum of the whole file in the form of {@code example}. */
    public static String like(String example, FileChannel file) throws IOException {
        return isMd5(example) ? HexFormat.of().formatHex(digest(file, "MD5")) : sha256(file);
    }

    private static boolean isMd5(String checksum) {
        return checksum.length() == 32 && !checksum.startsWith("sha2:");
    }

    /** A digest by its name, which every JDK has. */
    public static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no " + name, e);
        }
    }

    private static byte[] digest(FileChannel file, String name) throws IOException {
        MessageDigest digest = algorithm(name);
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        long position = 0;
        while (true) {
            int count = file.read(piece.clear(), position);
            if (count < 0) {
                return digest.digest();
            }
            digest.update(piece.flip());
            position += count;
        }
    }
}
