/** What changed on an OMERO server since last time: the event log in the order of commits, and what it leaves out. */
@NullMarked
package org.omerods.omero.event;

import org.jspecify.annotations.NullMarked;
