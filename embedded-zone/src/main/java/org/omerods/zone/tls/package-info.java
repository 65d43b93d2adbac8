/** TLS on accepted connections: the certificate and the context. */
@NullMarked
package org.omerods.zone.tls;

import org.jspecify.annotations.NullMarked;
