/**
 * How meter logs get into the books: what a log holds beyond what is settled goes there in batches,
 * each exactly once, in the order of the log.
 */
@NullMarked
package io.tollgate.metering.internal.settlement;

import org.jspecify.annotations.NullMarked;
