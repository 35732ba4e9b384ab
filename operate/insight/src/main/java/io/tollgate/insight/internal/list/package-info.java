/** The log and the books as one list. */
@NullMarked
package io.tollgate.insight.internal.list;

import org.jspecify.annotations.NullMarked;
