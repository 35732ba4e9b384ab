/** PostgreSQL: transactions, the outbox, scheduled jobs with one runner per cluster. */
@NullMarked
package io.tollgate.data;

import org.jspecify.annotations.NullMarked;
