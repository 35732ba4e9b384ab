/** Bad input and bad circumstances: each a clear answer, nothing lost. */
@NullMarked
package io.tollgate.tests.faults;

import org.jspecify.annotations.NullMarked;
