/**
 * The meter log: what a gateway has promised and used, on its own disk before anybody is answered.
 * The format is described byte by byte in {@code docs/meter-log.md}.
 */
@NullMarked
package io.tollgate.metering.internal.meterlog;

import org.jspecify.annotations.NullMarked;
