/** The checks that the books are whole, and how they are run. */
@NullMarked
package io.tollgate.ledger.internal.audit;

import org.jspecify.annotations.NullMarked;
