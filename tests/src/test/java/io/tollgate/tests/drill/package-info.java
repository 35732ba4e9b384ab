/** What the program does while the services it stands on are killed and come back. */
@NullMarked
package io.tollgate.tests.drill;

import org.jspecify.annotations.NullMarked;
