/** Planted for a test: code that breaks the picture of metering's rooms. */
@NullMarked
package io.tollgate.metering.internal.shard.planted;

import org.jspecify.annotations.NullMarked;
