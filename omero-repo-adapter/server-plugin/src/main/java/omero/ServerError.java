// SPDX-License-Identifier: GPL-2.0-or-later
package omero;

/** A failure that the server reports. Signature only: the real one is an Ice user exception. */
public class ServerError extends Exception {
    private static final long serialVersionUID = 1L;
}
