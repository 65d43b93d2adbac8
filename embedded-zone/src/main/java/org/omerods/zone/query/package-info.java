/** GenQuery 1 and 2, translated to SQL over the catalog. */
@NullMarked
package org.omerods.zone.query;

import org.jspecify.annotations.NullMarked;
