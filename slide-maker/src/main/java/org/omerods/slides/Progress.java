package org.omerods.slides;

/** Hears how far a slide is. Called on the thread that writes, about once per mebibyte, so it has to be quick. */
@FunctionalInterface
public interface Progress {
    /** For those who do not want to know. */
    Progress NONE = (done, total) -> {};

    /**
     * @param doneBytes bytes written
     * @param totalBytes the expected size; an estimate that {@code doneBytes} may pass by some percent
     */
    void at(long doneBytes, long totalBytes);
}
