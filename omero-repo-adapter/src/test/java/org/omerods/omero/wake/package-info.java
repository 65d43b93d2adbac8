/** Tests of being woken. */
package org.omerods.omero.wake;
