// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.wake;

/** Somebody to be told that something is new. */
public interface Wakeable {
    /** Returns at once. */
    void wake();
}
