@NullMarked
package io.tollgate.rewards.internal.members;

import org.jspecify.annotations.NullMarked;
