/** The connection to Redis. */
@NullMarked
package io.tollgate.redis.internal;

import org.jspecify.annotations.NullMarked;
