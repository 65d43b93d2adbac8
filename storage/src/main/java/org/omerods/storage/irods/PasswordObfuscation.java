package org.omerods.storage.irods;

import java.util.Optional;

/**
 * The way in which {@code iinit} disguises a password in {@code .irodsA}: a shift along an alphabet, by a sequence chosen
 * at the time of writing and the number of the system user. It hides the password from a glance, no more.
 *
 * <p>A text is {@code .}, five disguised characters made of the sequence's number and the time, one plain character that
 * tells the sequence, and the disguised password. Characters outside the alphabet stay as they are.
 */
final class PasswordObfuscation {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!\"#$%&'()*+,-./";
    private static final int[] SEQUENCES = {
        0xd768b678, 0xedfdaf56, 0x2420231b, 0x987098d8, 0xc1bdfeee, 0xf572341f, 0x478def3a, 0xa830d343,
        0x774dfa2a, 0x6720731e, 0x346fa320, 0x6ffdf43a, 0x7723a320, 0xdf67d02e, 0x86ad240a, 0xe76d342e
    };
    private static final int HEAD_LENGTH = 7;
    private static final int SEQUENCE_AT = 6;
    private static final char FIRST_SEQUENCE = 'e';
    private static final int STAMP_LENGTH = 5;

    private PasswordObfuscation() {}

    /** The password, unless the text was not written for this user. */
    static Optional<String> reveal(String text, long userId) {
        if (text.length() < HEAD_LENGTH || text.charAt(0) != '.') {
            return Optional.empty();
        }
        int sequence = text.charAt(SEQUENCE_AT) - FIRST_SEQUENCE;
        if (sequence < 0 || sequence >= SEQUENCES.length) {
            return Optional.empty();
        }
        String disguised = text.substring(1, SEQUENCE_AT) + text.substring(HEAD_LENGTH);
        String plain = shifted(disguised, sequence, userId, -1);
        boolean ours = plain.charAt(0) == sequenceMark(sequence);
        return ours ? Optional.of(plain.substring(STAMP_LENGTH)) : Optional.empty();
    }

    /** What {@code iinit} would write. */
    static String disguise(String password, long userId, int sequence, long timeSeconds) {
        String stamp = "" + sequenceMark(sequence) + nibble(timeSeconds, 4) + nibble(timeSeconds, 0)
                + nibble(timeSeconds, 12) + nibble(timeSeconds, 8);
        String disguised = shifted(stamp + password, sequence, userId, 1);
        return "." + disguised.substring(0, STAMP_LENGTH) + (char) (FIRST_SEQUENCE + sequence)
                + disguised.substring(STAMP_LENGTH);
    }

    private static String shifted(String text, int sequence, long userId, int direction) {
        StringBuilder result = new StringBuilder(text.length());
        int shift = 0;
        for (int i = 0; i < text.length(); i++) {
            int step = ((SEQUENCES[sequence] >>> shift) & 0x1f) + (int) (userId & 0xf5f);
            shift = shift + 3 > 28 ? 0 : shift + 3;
            int at = ALPHABET.indexOf(text.charAt(i));
            result.append(
                    at < 0 ? text.charAt(i) : ALPHABET.charAt(Math.floorMod(at + direction * step, ALPHABET.length())));
        }
        return result.toString();
    }

    private static char sequenceMark(int sequence) {
        return (char) ('S' - (sequence & 0x7) * 2);
    }

    private static char nibble(long time, int shift) {
        return (char) ('a' + ((time >> shift) & 0xf));
    }
}
