/** The pages of console and portal, in a real browser over the running program. */
@NullMarked
package io.tollgate.tests.console;

import org.jspecify.annotations.NullMarked;
