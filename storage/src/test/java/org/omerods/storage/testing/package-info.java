/** Doubles and the contract that every place keeps, for the tests of all modules. */
@NullMarked
package org.omerods.storage.testing;

import org.jspecify.annotations.NullMarked;
