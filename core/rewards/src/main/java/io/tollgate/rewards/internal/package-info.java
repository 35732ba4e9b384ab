/** How rewards are kept. */
@NullMarked
package io.tollgate.rewards.internal;

import org.jspecify.annotations.NullMarked;
