/**
 * The gateway on a real server for tests: its callers, its upstreams, and what stands in for
 * metering.
 */
@NullMarked
package io.tollgate.relay.gateway.rig;

import org.jspecify.annotations.NullMarked;
