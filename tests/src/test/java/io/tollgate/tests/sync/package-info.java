/** What clients that follow their numbers see of what the program does. */
@NullMarked
package io.tollgate.tests.sync;

import org.jspecify.annotations.NullMarked;
