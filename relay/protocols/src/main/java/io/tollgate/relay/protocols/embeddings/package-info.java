/** Vectors of texts, by words that all protocols share: what is asked for, and what came. */
@NullMarked
package io.tollgate.relay.protocols.embeddings;

import org.jspecify.annotations.NullMarked;
