/** The merchant API on the whole program, and the sample clients of it. */
@NullMarked
package io.tollgate.tests.merchant;

import org.jspecify.annotations.NullMarked;
