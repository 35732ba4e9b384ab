/**
 * One event loop's part of metering: reserves from leases in memory, writes its meter log, asks the
 * database only when memory does not know. Everything here is confined to the loop.
 */
@NullMarked
package io.tollgate.metering.internal.shard;

import org.jspecify.annotations.NullMarked;
