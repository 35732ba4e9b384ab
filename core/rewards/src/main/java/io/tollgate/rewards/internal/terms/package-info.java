/** What tenants have set. */
@NullMarked
package io.tollgate.rewards.internal.terms;

import org.jspecify.annotations.NullMarked;
