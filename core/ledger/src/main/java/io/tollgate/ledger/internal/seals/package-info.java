/** Seals chain committed transfers by hash, so that a change made later shows. */
@NullMarked
package io.tollgate.ledger.internal.seals;

import org.jspecify.annotations.NullMarked;
