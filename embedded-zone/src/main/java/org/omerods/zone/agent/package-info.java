/** What serves one client connection: start-up, login, and the calls, one class per group of calls. */
@NullMarked
package org.omerods.zone.agent;

import org.jspecify.annotations.NullMarked;
