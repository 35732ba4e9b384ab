/** Accounts: how they are opened, found, read and locked. */
@NullMarked
package io.tollgate.ledger.internal.accounts;

import org.jspecify.annotations.NullMarked;
