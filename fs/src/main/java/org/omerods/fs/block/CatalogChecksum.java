package org.omerods.fs.block;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Adler32;

/**
 * A checksum as a catalog writes it: {@code sha2:}, {@code sha512:} and {@code sha1:} with base64, {@code adler32:} with eight
 * hexadecimal digits, or an MD5 in hexadecimal without any prefix.
 *
 * @param text as the catalog has it, which is also how a computed one is written
 */
record CatalogChecksum(Scheme scheme, String text) {
    enum Scheme {
        SHA2("sha2:", "SHA-256", 32),
        SHA512("sha512:", "SHA-512", 64),
        SHA1("sha1:", "SHA-1", 20),
        ADLER32("adler32:", "", 4),
        MD5("", "MD5", 16);

        private final String prefix;
        private final String algorithm;
        private final int bytes;

        Scheme(String prefix, String algorithm, int bytes) {
            this.prefix = prefix;
            this.algorithm = algorithm;
            this.bytes = bytes;
        }
    }

    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})+");

    /** Empty when there is none, or it is of a kind that is not known, or is cut. */
    static Optional<CatalogChecksum> of(String text) {
        for (Scheme scheme : Scheme.values()) {
            if (!scheme.prefix.isEmpty() && text.startsWith(scheme.prefix)) {
                return lengthOf(scheme, text.substring(scheme.prefix.length())) == scheme.bytes
                        ? Optional.of(new CatalogChecksum(scheme, text))
                        : Optional.empty();
            }
        }
        return lengthOf(Scheme.MD5, text) == Scheme.MD5.bytes
                ? Optional.of(new CatalogChecksum(Scheme.MD5, text))
                : Optional.empty();
    }

    private static int lengthOf(Scheme scheme, String value) {
        return switch (scheme) {
            case ADLER32, MD5 -> HEX.matcher(value).matches() ? value.length() / 2 : 0;
            case SHA2, SHA512, SHA1 -> {
                try {
                    yield Base64.getDecoder().decode(value).length;
                } catch (IllegalArgumentException _) {
                    yield 0;
                }
            }
        };
    }

    /** Whether a computed one is the same; hexadecimal digits may be of either case. */
    boolean matches(String computed) {
        return switch (scheme) {
            case ADLER32, MD5 -> text.toLowerCase(Locale.ROOT).equals(computed);
            case SHA2, SHA512, SHA1 -> text.equals(computed);
        };
    }

    Computation begin() {
        return switch (scheme) {
            case ADLER32 -> new Sum();
            case SHA2, SHA512, SHA1, MD5 -> new Hash(scheme);
        };
    }

    /** A checksum on its way. Not thread-safe. */
    interface Computation {
        void update(byte[] bytes, int length);

        /** As the catalog would write it. */
        String result();
    }

    private record Hash(Scheme scheme, MessageDigest digest) implements Computation {
        Hash(Scheme scheme) {
            this(scheme, digestOf(scheme));
        }

        private static MessageDigest digestOf(Scheme scheme) {
            try {
                return MessageDigest.getInstance(scheme.algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every JDK has " + scheme.algorithm, e);
            }
        }

        @Override
        public void update(byte[] bytes, int length) {
            digest.update(bytes, 0, length);
        }

        @Override
        public String result() {
            byte[] value = digest.digest();
            return scheme == Scheme.MD5
                    ? HexFormat.of().formatHex(value)
                    : scheme.prefix + Base64.getEncoder().encodeToString(value);
        }
    }

    private record Sum(Adler32 sum) implements Computation {
        Sum() {
            this(new Adler32());
        }

        @Override
        public void update(byte[] bytes, int length) {
            sum.update(bytes, 0, length);
        }

        @Override
        public String result() {
            return Scheme.ADLER32.prefix + HexFormat.of().toHexDigits((int) sum.getValue());
        }
    }
}
