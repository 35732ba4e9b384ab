/**
 * Slices of accounts that a running gateway holds in memory, so that a request is reserved without
 * a round trip. Pure decisions over injected time and messages; closed to other modules.
 */
@NullMarked
package io.tollgate.metering.internal.lease;

import org.jspecify.annotations.NullMarked;
