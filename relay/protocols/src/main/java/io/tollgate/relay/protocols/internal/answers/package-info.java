/**
 * Answers on their way from any protocol to any other: read as events, counted, judged, and written
 * for the caller.
 */
@NullMarked
package io.tollgate.relay.protocols.internal.answers;

import org.jspecify.annotations.NullMarked;
