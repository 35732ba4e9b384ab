/** Keeps the request log: from the spool into the store, and out of it again. */
@NullMarked
package io.tollgate.insight.internal;

import org.jspecify.annotations.NullMarked;
