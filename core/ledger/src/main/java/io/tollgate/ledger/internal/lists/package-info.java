/** Lists of accounts and entries for those who look into the books. */
@NullMarked
package io.tollgate.ledger.internal.lists;

import org.jspecify.annotations.NullMarked;
