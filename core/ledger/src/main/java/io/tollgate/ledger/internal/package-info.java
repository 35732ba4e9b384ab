/** What the rooms of the ledger share: the clock that makes transfer ids, and hashing. */
@NullMarked
package io.tollgate.ledger.internal;

import org.jspecify.annotations.NullMarked;
