package org.omerods.omero.event;

import java.util.Optional;

/**
 * How far the changes of a database were followed. Row numbers are given out before a transaction commits, in blocks, to
 * several processes: they say nothing about the order of commits. Transaction numbers do: everything below
 * {@code transaction} had ended when the cursor was made, and was seen.
 *
 * @param transaction 64-bit transaction number below which all is done
 * @param eventLog largest number of an event log row that was seen: where a search by index may begin, minus some slack
 * @param event the same for events
 */
public record Cursor(long transaction, long eventLog, long event) {
    private static final String VERSION = "1";

    /** One line of ASCII. */
    public String toText() {
        return VERSION + ":" + transaction + ":" + eventLog + ":" + event;
    }

    /** Empty for anything but a cursor of this version: then everything has to be compared. */
    public static Optional<Cursor> parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 4 || !parts[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Cursor(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
