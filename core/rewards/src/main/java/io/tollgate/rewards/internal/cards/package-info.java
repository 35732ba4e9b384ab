/** Point cards, their log and what is owed. */
@NullMarked
package io.tollgate.rewards.internal.cards;

import org.jspecify.annotations.NullMarked;
