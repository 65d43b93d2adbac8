/** Tests of what is taken from image files. */
package org.omerods.omero.metadata;
