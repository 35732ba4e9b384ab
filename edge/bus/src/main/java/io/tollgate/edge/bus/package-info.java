/** The outside bus: events for others on NATS JetStream, and usage that others tell of. */
@NullMarked
package io.tollgate.edge.bus;

import org.jspecify.annotations.NullMarked;
