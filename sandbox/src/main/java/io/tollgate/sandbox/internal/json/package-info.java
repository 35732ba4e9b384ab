/** JSON read and written by hand, and what is refused of it. */
@NullMarked
package io.tollgate.sandbox.internal.json;

import org.jspecify.annotations.NullMarked;
