/**
 * Redis, where it is configured: what several processes share that may be lost. Nothing stands in
 * it alone.
 */
@NullMarked
package io.tollgate.redis;

import org.jspecify.annotations.NullMarked;
