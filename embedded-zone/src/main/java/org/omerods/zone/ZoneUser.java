package org.omerods.zone;

/**
 * A user of an embedded zone.
 *
 * @param password a secret; {@link #toString} hides it
 */
public record ZoneUser(String name, String password, boolean administrator) {
    /** The longest password that the protocol's digest takes in full, in bytes. */
    private static final int MAX_PASSWORD = 50;

    public ZoneUser {
        if (name.isEmpty() || name.length() > 63 || name.contains("#") || name.contains("/")) {
            throw new IllegalArgumentException(
                    "not a user name: '" + name + "'; give 1 to 63 characters without # and /");
        }
        if (password.length() > MAX_PASSWORD) {
            throw new IllegalArgumentException(
                    "the password of " + name + " is longer than " + MAX_PASSWORD + " characters");
        }
    }

    @Override
    public String toString() {
        return "ZoneUser[" + name + (administrator ? ", administrator]" : "]");
    }
}
