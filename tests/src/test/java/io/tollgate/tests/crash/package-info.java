/** What is left after processes were killed. */
@NullMarked
package io.tollgate.tests.crash;

import org.jspecify.annotations.NullMarked;
