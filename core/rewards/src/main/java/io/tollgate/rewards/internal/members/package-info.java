/** Holdings, teams and levels. Know what is set, and nobody else here. */
@NullMarked
package io.tollgate.rewards.internal.members;

import org.jspecify.annotations.NullMarked;
