/**
 * P9: the log of requests with many rows: lists, filters, statistics, and what a flood does to it.
 */
@NullMarked
package io.tollgate.bench.log;

import org.jspecify.annotations.NullMarked;
