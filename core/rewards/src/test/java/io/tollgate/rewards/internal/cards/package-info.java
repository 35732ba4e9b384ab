@NullMarked
package io.tollgate.rewards.internal.cards;

import org.jspecify.annotations.NullMarked;
