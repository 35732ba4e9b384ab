/** What the audit of the books looks at. */
@NullMarked
package io.tollgate.rewards.internal.audit;

import org.jspecify.annotations.NullMarked;
