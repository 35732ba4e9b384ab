/** Users sign in: over the wire, with a mail server and another provider beside the program. */
@NullMarked
package io.tollgate.tests.passport;

import org.jspecify.annotations.NullMarked;
