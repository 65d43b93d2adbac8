package org.omerods.cli.doctor;

/**
 * What one check found.
 *
 * @param subject what was looked at: two or three words
 * @param text what is so
 * @param remedy what to do about it; empty when nothing
 */
public record Finding(Grade grade, String subject, String text, String remedy) {
    /** How good that is. */
    public enum Grade {
        OK,
        /** Works, but not as well as it could. */
        NOTE,
        FAILED
    }

    static Finding ok(String subject, String text) {
        return new Finding(Grade.OK, subject, text, "");
    }

    static Finding note(String subject, String text, String remedy) {
        return new Finding(Grade.NOTE, subject, text, remedy);
    }

    static Finding failed(String subject, String text, String remedy) {
        return new Finding(Grade.FAILED, subject, text, remedy);
    }
}
