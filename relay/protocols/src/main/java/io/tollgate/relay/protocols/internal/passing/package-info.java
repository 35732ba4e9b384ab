/**
 * Streams that pass as they come: which events go on, which wait, and which go out in other words,
 * without a copy where nothing changes.
 */
@NullMarked
package io.tollgate.relay.protocols.internal.passing;

import org.jspecify.annotations.NullMarked;
