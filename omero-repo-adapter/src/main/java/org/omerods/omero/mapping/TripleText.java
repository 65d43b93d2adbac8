package org.omerods.omero.mapping;

import org.omerods.storage.Avu;

/** Makes any text fit into a triple, always in the same way, so that what is there can be compared with what should be. */
final class TripleText {
    /** Characters (code points) of an attribute and of a value that an iRODS server takes. */
    static final int MAX_TEXT = 2_700;

    static final int MAX_UNITS = 250;

    /** Stands at the end of what was cut. */
    static final String CUT = "…[cut]";

    /** Stands for an empty value, which a triple cannot hold. */
    static final String EMPTY = "(empty)";

    private TripleText() {}

    static Avu avu(String attribute, String value, String units) {
        return new Avu(fit(attribute, MAX_TEXT), fit(value, MAX_TEXT), units.isEmpty() ? "" : fit(units, MAX_UNITS));
    }

    /**
     * Line ends become one newline, other control characters and halves of surrogate pairs become U+FFFD: they do not
     * survive the way through the protocol's XML. Too long a text is cut between characters.
     */
    private static String fit(String text, int limit) {
        if (text.length() <= limit && isPlain(text) && !text.isBlank()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .forEach(character -> clean.appendCodePoint(isSafe(character) ? character : 0xfffd));
        if (clean.toString().isBlank()) {
            return EMPTY;
        }
        if (clean.codePointCount(0, clean.length()) <= limit) {
            return clean.toString();
        }
        int end = clean.offsetByCodePoints(0, limit - CUT.length());
        return clean.substring(0, end) + CUT;
    }

    /** Whether all characters are safe at a glance; nearly every text's are, and there are ten for each object. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < 0x20 || character == 0x7f || character >= Character.MIN_SURROGATE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSafe(int character) {
        boolean control = (character < 0x20 && character != '\n' && character != '\t') || character == 0x7f;
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return !control && !surrogate && character != 0xfffe && character != 0xffff;
    }
}
