/** Counts tokens of text by a model's vocabulary. */
@NullMarked
package io.tollgate.relay.protocols.internal.tokens;

import org.jspecify.annotations.NullMarked;
