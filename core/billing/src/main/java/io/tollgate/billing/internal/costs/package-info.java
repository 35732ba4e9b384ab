/** What provider accounts have cost: the copy in Redis, and reading it. */
@NullMarked
package io.tollgate.billing.internal.costs;

import org.jspecify.annotations.NullMarked;
