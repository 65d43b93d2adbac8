/** A mount for several users, each with the rights of an own user of the place. */
@NullMarked
package org.omerods.fs.users;

import org.jspecify.annotations.NullMarked;
