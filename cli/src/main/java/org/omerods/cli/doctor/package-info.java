/** Checks of this machine and of the login, each with a remedy. */
@NullMarked
package org.omerods.cli.doctor;

import org.jspecify.annotations.NullMarked;
