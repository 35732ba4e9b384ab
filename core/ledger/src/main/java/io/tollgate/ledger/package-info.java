/**
 * The double-entry ledger under everything countable: assets, accounts, transfers, entries, holds,
 * audit.
 */
@NullMarked
package io.tollgate.ledger;

import org.jspecify.annotations.NullMarked;
