/** What an image file says of itself (OME-XML), as AVUs of its data object. */
@NullMarked
package org.omerods.omero.metadata;

import org.jspecify.annotations.NullMarked;
