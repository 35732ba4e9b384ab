/** The posting engine, its queries and its audit, over PostgreSQL. */
@NullMarked
package io.tollgate.ledger.internal;

import org.jspecify.annotations.NullMarked;
