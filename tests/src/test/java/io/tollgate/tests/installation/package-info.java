/** A real installation as a process of its own, and how tests talk to it. */
@NullMarked
package io.tollgate.tests.installation;

import org.jspecify.annotations.NullMarked;
