/** Storage of provider accounts, and the routing over a snapshot of them. */
@NullMarked
package io.tollgate.relay.accounts.internal;

import org.jspecify.annotations.NullMarked;
