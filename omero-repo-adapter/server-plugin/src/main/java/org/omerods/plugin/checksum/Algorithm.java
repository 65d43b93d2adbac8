// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.checksum;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The algorithms that OMERO and iRODS have in common, and how the checksum of one is written by the other. OMERO writes
 * hexadecimal bytes; iRODS writes MD5 so too, SHA-1 as {@code sha1:} and base64, Adler-32 as {@code adler32:} and the
 * number in hexadecimal, whose bytes OMERO has the other way round. SHA-256, iRODS' default, is unknown to OMERO.
 */
public enum Algorithm {
    MD5 {
        @Override
        Optional<String> fromIrods(String registered) {
            return Optional.of(registered.toLowerCase(Locale.ROOT))
                    .filter(hex -> MD5_HEX.matcher(hex).matches());
        }
    },
    SHA1 {
        @Override
        Optional<String> fromIrods(String registered) {
            return behind("sha1:", registered)
                    .flatMap(Algorithm::decodeBase64)
                    .filter(bytes -> bytes.length == SHA1_BYTES)
                    .map(Algorithm::hex);
        }
    },
    ADLER32 {
        @Override
        Optional<String> fromIrods(String registered) {
            return behind("adler32:", registered)
                    .filter(number -> ADLER32_HEX.matcher(number).matches())
                    .map(number -> Integer.reverseBytes(Integer.parseUnsignedInt(number, 16)))
                    .map(reversed -> String.format(Locale.ROOT, "%08x", reversed));
        }
    };

    private static final Pattern MD5_HEX = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern ADLER32_HEX = Pattern.compile("[0-9a-fA-F]{8}");
    private static final int SHA1_BYTES = 20;

    /**
     * The checksum as OMERO writes it.
     *
     * @param registered as iRODS has it in its catalog
     * @return empty when it is of another algorithm, or no checksum
     */
    abstract Optional<String> fromIrods(String registered);

    /** The algorithm of one of OMERO's names, such as the constants of its {@code ChecksumType}. */
    static Optional<Algorithm> named(String omeroName) {
        for (Algorithm algorithm : values()) {
            if (algorithm.name().equals(omeroName)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> behind(String prefix, String text) {
        return text.startsWith(prefix) ? Optional.of(text.substring(prefix.length())) : Optional.empty();
    }

    private static Optional<byte[]> decodeBase64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not base64, so not a checksum that can be used
        }
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder(bytes.length * 2);
        for (byte value : bytes) {
            hex.append(String.format(Locale.ROOT, "%02x", value));
        }
        return hex.toString();
    }
}
