/** What was served, and the journal that survives what kills the books. */
@NullMarked
package io.tollgate.sandbox.internal.served;

import org.jspecify.annotations.NullMarked;
