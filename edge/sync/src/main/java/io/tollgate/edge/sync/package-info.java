/** The same numbers on every device: the snapshot of a user's quota and balance. */
@NullMarked
package io.tollgate.edge.sync;

import org.jspecify.annotations.NullMarked;
