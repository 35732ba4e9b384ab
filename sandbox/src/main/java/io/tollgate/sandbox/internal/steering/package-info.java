/** How one answer was asked to be, beside what its request says. */
@NullMarked
package io.tollgate.sandbox.internal.steering;

import org.jspecify.annotations.NullMarked;
