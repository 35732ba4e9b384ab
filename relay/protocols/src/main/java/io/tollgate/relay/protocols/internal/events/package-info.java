/** The events of a stream in bytes: where each ends, and what data it carries. */
@NullMarked
package io.tollgate.relay.protocols.internal.events;

import org.jspecify.annotations.NullMarked;
