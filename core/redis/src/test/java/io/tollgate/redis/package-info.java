@NullMarked
package io.tollgate.redis;

import org.jspecify.annotations.NullMarked;
