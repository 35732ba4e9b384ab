/** The interface for backends. */
@NullMarked
package io.tollgate.rewards.internal.callers;

import org.jspecify.annotations.NullMarked;
