/** Texts as vectors: embeddings, and what is sorted by them. */
@NullMarked
package io.tollgate.sandbox.internal.vectors;

import org.jspecify.annotations.NullMarked;
