/** Requests as they are kept and searched. */
@NullMarked
package io.tollgate.insight.internal.store;

import org.jspecify.annotations.NullMarked;
