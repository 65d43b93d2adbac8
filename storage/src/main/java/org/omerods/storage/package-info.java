/**
 * What a place that stores data objects must do. Implementations live in sub-packages (iRODS, a local tree, memory),
 * decorators (metrics, retry, read-only) in {@code decorator}. Nothing here caches.
 */
@NullMarked
package org.omerods.storage;

import org.jspecify.annotations.NullMarked;
