/** Decides and writes transfers, charges, holds, reversals and expiry, over PostgreSQL. */
@NullMarked
package io.tollgate.ledger.internal.posting;

import org.jspecify.annotations.NullMarked;
