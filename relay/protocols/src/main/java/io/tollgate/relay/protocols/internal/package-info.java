/** Scanning of bytes; closed to other modules. */
@NullMarked
package io.tollgate.relay.protocols.internal;

import org.jspecify.annotations.NullMarked;
