package org.omerods.storage.irods.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.omerods.storage.Content;

/** How checksums are computed, and written in the catalog. */
public enum ChecksumScheme {
    /** SHA-256, the default of servers. */
    SHA2("SHA-256", "sha2:"),
    SHA512("SHA-512", "sha512:"),
    SHA1("SHA-1", "sha1:"),
    /** Without a prefix and in hex digits, for historical reasons. */
    MD5("MD5", "");

    private static final int BLOCK_BYTES = 1024 * 1024;

    private final String algorithm;
    private final String prefix;

    ChecksumScheme(String algorithm, String prefix) {
        this.algorithm = algorithm;
        this.prefix = prefix;
    }

    /**
     * The scheme of a name such as {@code sha2}; empty for {@code none}.
     *
     * @throws IllegalArgumentException for any other
     */
    public static Optional<ChecksumScheme> named(String name) {
        if (name.equals("none")) {
            return Optional.empty();
        }
        for (ChecksumScheme scheme : values()) {
            if (scheme.name().equalsIgnoreCase(name)) {
                return Optional.of(scheme);
            }
        }
        throw new IllegalArgumentException("checksum " + name + " is none of sha2, sha512, sha1, md5, none");
    }

    /** By which a registered checksum was made; empty for one that this program cannot compute. */
    static Optional<ChecksumScheme> of(String registered) {
        for (ChecksumScheme scheme : values()) {
            if (!scheme.prefix.isEmpty() && registered.startsWith(scheme.prefix)) {
                return Optional.of(scheme);
            }
        }
        return registered.matches("[0-9a-f]{32}") ? Optional.of(MD5) : Optional.empty();
    }

    /** Of a whole content, as the catalog writes it. */
    public String of(Content content) throws IOException {
        MessageDigest digest = newDigest();
        ByteBuffer block = ByteBuffer.allocateDirect((int) Math.min(BLOCK_BYTES, content.size()));
        for (long at = 0; at < content.size(); at += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), content.size() - at));
            content.readFully(at, block);
            digest.update(block.flip());
        }
        return text(digest.digest());
    }

    private String text(byte[] digest) {
        return this == MD5
                ? HexFormat.of().formatHex(digest)
                : prefix + Base64.getEncoder().encodeToString(digest);
    }

    private MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
