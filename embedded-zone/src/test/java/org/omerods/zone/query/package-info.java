/** Tests of the translation of queries. */
@NullMarked
package org.omerods.zone.query;

import org.jspecify.annotations.NullMarked;
