@NullUnmarked
package io.tollgate.metering.internal.shard;

import org.jspecify.annotations.NullUnmarked;
